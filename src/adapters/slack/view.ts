import type { InputBlock, ModalView } from '@slack/types';
import { feedbackButtons } from '../../chat/feedback.ts';
import type { AnswerReply, Form, Input, Reply } from '../../chat/reply.ts';
import { plainText } from '../../chat/text.ts';
import type { Address } from '../../chat/turn.ts';
import type { Place } from './interactions.ts';
import { cut, plain, renderBlocks, withoutCharts } from './render.ts';
import { richText } from './rich-text.ts';

const MAX_TITLE = 24;
const MAX_LABEL = 2_000;
const MAX_HINT = 2_000;
const MAX_OPTION = 75;
const MAX_OPTIONS = 100;
const MAX_CHECKBOXES = 10;
const MAX_TEXT_INPUT = 3_000;
const MAX_INTRO = 3_000;

/** What a person sees while the form is being made. */
export function waitingView(): ModalView {
  return {
    type: 'modal',
    title: plain('Steward', MAX_TITLE),
    blocks: [{ type: 'section', text: plain('One moment …', 100) }],
  };
}

/** What a person sees whose button in a modal was answered in the conversation behind it. */
export function answeredView(): ModalView {
  return {
    type: 'modal',
    title: plain('Steward', MAX_TITLE),
    close: plain('Close', MAX_TITLE),
    blocks: [{ type: 'section', text: plain('The reply comes in our conversation.', 100) }],
  };
}

/** A reply as a modal: a form to fill in, or what is to be said in its place. */
export function viewOf(reply: Reply, address: Address): ModalView {
  if (reply.kind === 'form') return formView(reply.form, address);
  // Slack asks for feedback in messages alone.
  const shown = reply.kind === 'answer' ? withPlainFeedback(reply) : reply;
  const blocks: ModalView['blocks'] = renderBlocks(withoutCharts(shown), address);
  return {
    type: 'modal',
    title: plain('Steward', MAX_TITLE),
    close: plain('Close', MAX_TITLE),
    private_metadata: metadata(address),
    blocks: blocks.length > 0 ? blocks : [{ type: 'section', text: plain('Done.', 100) }],
  };
}

function withPlainFeedback(answer: AnswerReply): AnswerReply {
  const { feedback: _asked, ...rest } = answer;
  return { ...rest, actions: [...feedbackButtons(answer), ...answer.actions] };
}

function formView(form: Form, address: Address): ModalView {
  return {
    type: 'modal',
    callback_id: form.id,
    title: plain(form.title, MAX_TITLE),
    submit: plain(form.submitLabel, MAX_TITLE),
    close: plain('Cancel', MAX_TITLE),
    private_metadata: metadata(address, form.opensForm),
    blocks: [...(form.intro ? richText(cut(form.intro, MAX_INTRO)) : []), ...form.inputs.map(inputBlock)],
  };
}

/** @param opensForm submitting it leads to another form */
export function metadata({ conversation, thread, route }: Place, opensForm = false): string {
  const { modal: _filled, continues: _it, ...rest } = route;
  const place: Place = { conversation, thread, route: rest, ...(opensForm ? { opensForm } : {}) };
  return JSON.stringify(place);
}

function inputBlock(input: Input): InputBlock {
  return {
    type: 'input',
    block_id: input.name,
    label: plain(input.label, MAX_LABEL),
    optional: input.optional,
    ...(input.hint ? { hint: plain(input.hint, MAX_HINT) } : {}),
    element: element(input),
  };
}

function element(input: Input): InputBlock['element'] {
  const action_id = 'value';
  switch (input.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id,
        multiline: input.multiline,
        max_length: Math.min(input.maxLength, MAX_TEXT_INPUT),
        ...(input.initial ? { initial_value: cut(input.initial, Math.min(input.maxLength, MAX_TEXT_INPUT)) } : {}),
      };
    case 'select': {
      const options = input.options.map(optionOf);
      const initial = options.find(({ value }) => value === input.initial);
      const initial_option = initial ? { initial_option: initial } : {};
      return { type: 'static_select', action_id, ...grouped(options), ...initial_option };
    }
    case 'choices': {
      const options = input.options.map(optionOf);
      const chosen = input.initial?.split(',') ?? [];
      const initial = options.filter(({ value }) => chosen.includes(value));
      const initial_options = initial.length > 0 ? { initial_options: initial } : {};
      return options.length > MAX_CHECKBOXES
        ? { type: 'multi_static_select', action_id, ...grouped(options), ...initial_options }
        : { type: 'checkboxes', action_id, options, ...initial_options };
    }
    case 'person':
      return { type: 'users_select', action_id, ...(input.initial ? { initial_user: input.initial } : {}) };
    case 'date':
      return { type: 'datepicker', action_id, ...(input.initial ? { initial_date: input.initial } : {}) };
  }
}

function optionOf({ value, label }: { readonly value: string; readonly label: string }) {
  return { value, text: plain(plainText(label), MAX_OPTION) };
}

/** Options as Slack takes them: up to a hundred in a list, and more in groups of a hundred. */
function grouped(options: ReturnType<typeof optionOf>[]) {
  if (options.length <= MAX_OPTIONS) return { options };
  const groups = Array.from({ length: Math.ceil(options.length / MAX_OPTIONS) }, (_, index) => {
    const first = index * MAX_OPTIONS;
    const group = options.slice(first, first + MAX_OPTIONS);
    return { label: plain(`${first + 1} to ${first + group.length}`, MAX_OPTION), options: group };
  });
  return { option_groups: groups };
}
