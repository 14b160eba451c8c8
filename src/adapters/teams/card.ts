import type { Action, Block, ChartBlock, Form, FormErrors, Input, Mention } from '../../chat/reply.ts';
import { literally, plainText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';

/** Elements of Adaptive Cards, as far as Steward makes them. */
type Element = { readonly type: string; readonly [property: string]: unknown };

const MAX_ACTIONS_A_SET = 6;
const MAX_LABEL = 75;
const MAX_OPTIONS = 100;
const MAX_OPTION = 100;
const MAX_HINT = 300;
const MAX_INTRO = 2_000;
/** Options of which several can be chosen are shown at once up to this number, and in a list above it. */
const MAX_EXPANDED = 10;

export function cardOf(body: readonly Element[]): Element {
  return { type: 'AdaptiveCard', $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', version: '1.5', body };
}

/** One line of text, literally. */
export function noteCard(text: string): Element {
  return cardOf([textBlock(literally(text))]);
}

export function noticeCard(blocks: readonly Block[], actions: readonly Action[]): Element {
  const people = mentionsIn(blocks);
  return {
    ...cardOf([...blocks.map(renderBlock), ...actionSets(actions)]),
    ...(people.length > 0 ? { msteams: { entities: people } } : {}),
  };
}

/** Whom Teams tells of a card. Somebody who is named twice is told once. */
function mentionsIn(blocks: readonly Block[]): Element[] {
  const lines = blocks.flatMap((block) => (block.kind === 'mentions' ? block.lines : []));
  const entities = lines.flatMap((line) => {
    const mark = mentionMark(line);
    return mark ? [{ type: 'mention', text: mark, mentioned: { id: line.user?.userId, name: line.name } }] : [];
  });
  return [...new Map(entities.map((entity) => [entity.text, entity])).values()];
}

/** How a text names somebody whom Teams is to tell. @returns undefined for a name that cannot stand there as it is */
function mentionMark({ name, user }: Mention): string | undefined {
  return user?.platform === 'teams' && /^[\p{L}\p{M}\p{N} .,'’-]{1,80}$/u.test(name) ? `<at>${name}</at>` : undefined;
}

function mentionLine(line: Mention): string {
  return `- ${mentionMark(line) ?? `**${literally(line.name)}**`}: ${line.text}`;
}

/** A chart of Teams's own, which older clients leave out. */
function chart({ title, labels, series, unit }: ChartBlock): Element {
  return {
    type: 'Chart.Line',
    title,
    ...(unit ? { yAxisTitle: unit.trim() } : {}),
    data: series.map(({ name, values }) => ({
      legend: name,
      values: values.map((y, index) => ({ x: labels[index] ?? '', y })),
    })),
    fallback: 'drop',
  };
}

/** Sets of buttons; Teams shows six in a set. */
export function actionSets(actions: readonly Action[]): Element[] {
  const buttons = actions.map(({ id, label, style, link }) => ({
    ...(link === undefined
      ? { type: 'Action.Execute', verb: 'steward', data: { action: id } }
      : { type: 'Action.OpenUrl', url: link }),
    title: cut(label, MAX_LABEL),
    ...(style ? { style: style === 'primary' ? 'positive' : 'destructive' } : {}),
  }));
  const sets: Element[] = [];
  for (let start = 0; start < buttons.length; start += MAX_ACTIONS_A_SET) {
    sets.push({ type: 'ActionSet', actions: buttons.slice(start, start + MAX_ACTIONS_A_SET) });
  }
  return sets;
}

/** @param values what was filled in before; @param errors what was wrong with it */
export function formCard(whole: Form, values?: FormValues, errors: FormErrors = {}): Element {
  const form = withinLimits(whole);
  // The form travels with its button, so that a faulty one can be shown again by whichever process gets it.
  const empty: Form = { ...form, inputs: form.inputs.map(({ initial: _, ...input }) => input) };
  return cardOf([
    ...formElements(form, values, errors),
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.Execute', title: form.submitLabel, verb: 'steward', data: { form: empty } }],
    },
  ]);
}

/**
 * The form in a window of Teams's own, as a thumb under an answer opens it. What is filled in comes back by itself, and no fault
 * can be shown any more then: Teams keeps the window open while a field is empty.
 *
 * @param ifEmpty what is said of each empty field
 */
export function formDialog(whole: Form, ifEmpty: FormErrors): object {
  const form = withinLimits(whole);
  const body = formElements(form).map((element) => {
    const errorMessage = ifEmpty[String(element['id'])];
    return errorMessage ? { ...element, errorMessage } : element;
  });
  const content = { ...cardOf(body), actions: [{ type: 'Action.Submit', title: form.submitLabel }] };
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { task: { type: 'continue', value: { title: form.title, card } } };
}

function formElements(form: Form, values?: FormValues, errors: FormErrors = {}): Element[] {
  return [
    {
      type: 'TextBlock',
      text: literally(form.title),
      size: 'Large',
      weight: 'Bolder',
      wrap: true,
      style: 'heading',
    },
    ...(form.intro ? [textBlock(form.intro)] : []),
    ...form.inputs.flatMap((input) =>
      inputElements(input, values ? values[input.name] : input.initial, errors[input.name]),
    ),
  ];
}

function inputElements(input: Input, value: string | undefined, error: string | undefined): Element[] {
  const base = {
    id: input.name,
    label: input.optional ? `${input.label} (optional)` : input.label,
    isRequired: !input.optional,
    errorMessage: `Fill in: ${input.label}.`,
    ...(value === undefined ? {} : { value }),
  };
  const hint = input.hint
    ? [{ ...textBlock(literally(input.hint)), isSubtle: true, size: 'Small', spacing: 'None' }]
    : [];
  const fault = error ? [{ ...textBlock(literally(cut(error, MAX_HINT))), color: 'Attention', spacing: 'Small' }] : [];
  return [field(input, base), ...hint, ...fault];
}

function field(input: Input, base: object): Element {
  switch (input.kind) {
    case 'text':
      return { type: 'Input.Text', ...base, isMultiline: input.multiline, maxLength: input.maxLength };
    case 'date':
      return { type: 'Input.Date', ...base };
    case 'select':
      return { type: 'Input.ChoiceSet', ...base, wrap: true, choices: choicesOf(input.options) };
    case 'choices':
      return {
        type: 'Input.ChoiceSet',
        ...base,
        isMultiSelect: true,
        ...(input.options.length > MAX_EXPANDED ? {} : { style: 'expanded' }),
        wrap: true,
        choices: choicesOf(input.options),
      };
    case 'person':
      return {
        type: 'Input.ChoiceSet',
        ...base,
        choices: [],
        'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
      };
  }
}

function choicesOf(options: readonly Option[]) {
  return options.map(({ value, label }) => ({ value, title: label }));
}

type Option = Extract<Input, { kind: 'select' }>['options'][number];

/** A form cannot be split into several messages. */
function withinLimits(form: Form): Form {
  return {
    ...form,
    title: cut(form.title, MAX_LABEL),
    intro: cut(form.intro, MAX_INTRO),
    submitLabel: cut(form.submitLabel, MAX_LABEL),
    inputs: form.inputs.map((input) => ({
      ...input,
      label: cut(input.label, MAX_OPTION),
      ...(input.hint === undefined ? {} : { hint: cut(input.hint, MAX_HINT) }),
      ...('options' in input ? { options: input.options.slice(0, MAX_OPTIONS).map(cutOption) } : {}),
    })),
  };
}

function cutOption({ value, label }: Option): Option {
  return { value, label: cut(plainText(label), MAX_OPTION) || value };
}

function renderBlock(block: Block): Element {
  switch (block.kind) {
    case 'heading':
      return { type: 'TextBlock', text: block.text, size: 'Medium', weight: 'Bolder', wrap: true, style: 'heading' };
    case 'text':
      return textBlock(block.text);
    case 'facts':
      return { type: 'FactSet', facts: block.facts.map(({ label, value }) => ({ title: label, value })) };
    case 'table': {
      const row = (cells: readonly string[]) => ({
        type: 'TableRow',
        cells: cells.map((text) => ({ type: 'TableCell', items: [textBlock(text || ' ')] })),
      });
      return {
        type: 'Table',
        firstRowAsHeaders: true,
        columns: block.columns.map(() => ({ width: 1 })),
        rows: [row(block.columns), ...block.rows.map(row)],
      };
    }
    case 'chart':
      return chart(block);
    case 'mentions':
      return textBlock(block.lines.map(mentionLine).join('\n'));
  }
}

function textBlock(text: string): Element {
  return { type: 'TextBlock', text, wrap: true };
}

/** Cuts a text to so many characters, not within one that needs two code units. */
export function cut(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text
        .slice(0, limit - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}
