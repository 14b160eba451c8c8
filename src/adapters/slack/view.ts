import type { InputBlock, ModalView } from '@slack/types';
import type { Form, Input, Reply } from '../../chat/reply.ts';
import { plainText } from '../../chat/text.ts';
import type { Address } from '../../chat/turn.ts';
import { cut, plain, renderBlocks } from './render.ts';
import { richText } from './rich-text.ts';

const MAX_TITLE = 24;
const MAX_LABEL = 2_000;
const MAX_HINT = 2_000;
const MAX_OPTION = 75;
const MAX_OPTIONS = 100;
const MAX_CHECKBOXES = 10;
const MAX_TEXT_INPUT = 3_000;
const MAX_VIEW_BLOCKS = 100;

/** What a person sees while the form is being made. */
export function waitingView(): ModalView {
  return {
    type: 'modal',
    title: plain('Steward', MAX_TITLE),
    blocks: [{ type: 'section', text: plain('One moment …', 100) }],
  };
}

/** A reply as a modal: a form to fill in, or what is to be said in its place. */
export function viewOf(reply: Reply, address: Address): ModalView {
  if (reply.kind !== 'form') {
    return {
      type: 'modal',
      title: plain('Steward', MAX_TITLE),
      close: plain('Close', MAX_TITLE),
      blocks: renderBlocks({ ...reply, actions: [] }, address).slice(0, MAX_VIEW_BLOCKS),
    };
  }
  return formView(reply.form, address);
}

function formView(form: Form, { conversation, thread, route }: Address): ModalView {
  const { modal: _filled, ...rest } = route;
  return {
    type: 'modal',
    callback_id: form.id,
    title: plain(form.title, MAX_TITLE),
    submit: plain(form.submitLabel, MAX_TITLE),
    close: plain('Cancel', MAX_TITLE),
    private_metadata: JSON.stringify({ conversation, thread, route: rest }),
    blocks: [...(form.intro ? richText(form.intro) : []), ...form.inputs.map(inputBlock)].slice(0, MAX_VIEW_BLOCKS),
  };
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
        ...(input.initial ? { initial_value: cut(input.initial, MAX_TEXT_INPUT) } : {}),
      };
    case 'select': {
      const options = input.options
        .slice(0, MAX_OPTIONS)
        .map(({ value, label }) => ({ value, text: plain(plainText(label), MAX_OPTION) }));
      const initial = options.find(({ value }) => value === input.initial);
      return { type: 'static_select', action_id, options, ...(initial ? { initial_option: initial } : {}) };
    }
    case 'choices': {
      const options = input.options.map(({ value, label }) => ({ value, text: plain(plainText(label), MAX_OPTION) }));
      const chosen = input.initial?.split(',') ?? [];
      const initial = options.filter(({ value }) => chosen.includes(value));
      const initial_options = initial.length > 0 ? { initial_options: initial } : {};
      return options.length > MAX_CHECKBOXES
        ? { type: 'multi_static_select', action_id, options: options.slice(0, MAX_OPTIONS), ...initial_options }
        : { type: 'checkboxes', action_id, options, ...initial_options };
    }
    case 'person':
      return { type: 'users_select', action_id, ...(input.initial ? { initial_user: input.initial } : {}) };
    case 'date':
      return { type: 'datepicker', action_id, ...(input.initial ? { initial_date: input.initial } : {}) };
  }
}
