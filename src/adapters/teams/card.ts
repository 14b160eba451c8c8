import type { Action, Block, Form, FormErrors, Input } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';

/** Elements of Adaptive Cards, as far as Steward makes them. */
type Element = { readonly type: string; readonly [property: string]: unknown };

const MAX_ACTIONS_A_SET = 6;
const MAX_ACTIONS = 24;
const MAX_LABEL = 75;
const MAX_ROWS = 60;
/** Characters of all texts in a card; Teams takes 100 KB a message, in which JSON and long characters have to fit. */
const MAX_TEXT = 12_000;

export function cardOf(body: readonly Element[]): Element {
  return { type: 'AdaptiveCard', $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', version: '1.5', body };
}

/** One line of text, literally. */
export function noteCard(text: string): Element {
  return cardOf([textBlock(literally(text))]);
}

export function noticeCard(blocks: readonly Block[], actions: readonly Action[]): Element {
  return cardOf([...withinLimits(blocks.map(renderBlock)), ...actionSets(actions)]);
}

/** Sets of buttons; Teams shows six in a set. */
export function actionSets(actions: readonly Action[]): Element[] {
  const buttons = actions.slice(0, MAX_ACTIONS).map(({ id, label, style }) => ({
    type: 'Action.Execute',
    title: cut(label, MAX_LABEL),
    verb: 'steward',
    data: { action: id },
    ...(style ? { style: style === 'primary' ? 'positive' : 'destructive' } : {}),
  }));
  const sets: Element[] = [];
  for (let start = 0; start < buttons.length; start += MAX_ACTIONS_A_SET) {
    sets.push({ type: 'ActionSet', actions: buttons.slice(start, start + MAX_ACTIONS_A_SET) });
  }
  return sets;
}

/** @param values what was filled in before; @param errors what was wrong with it */
export function formCard(form: Form, values: FormValues = {}, errors: FormErrors = {}): Element {
  return cardOf([
    { type: 'TextBlock', text: literally(form.title), size: 'Large', weight: 'Bolder', wrap: true, style: 'heading' },
    ...(form.intro ? [textBlock(form.intro)] : []),
    ...form.inputs.flatMap((input) => inputElements(input, values[input.name] ?? input.initial, errors[input.name])),
    {
      type: 'ActionSet',
      // The form travels with its button, so that a faulty one can be shown again by whichever process gets it.
      actions: [{ type: 'Action.Execute', title: cut(form.submitLabel, MAX_LABEL), verb: 'steward', data: { form } }],
    },
  ]);
}

function inputElements(input: Input, value: string | undefined, error: string | undefined): Element[] {
  const base = {
    id: input.name,
    label: input.label,
    isRequired: !input.optional,
    errorMessage: `Fill in: ${input.label}.`,
    ...(value === undefined ? {} : { value }),
  };
  const hint = input.hint
    ? [{ ...textBlock(literally(input.hint)), isSubtle: true, size: 'Small', spacing: 'None' }]
    : [];
  const fault = error ? [{ ...textBlock(literally(error)), color: 'Attention', spacing: 'Small' }] : [];
  return [field(input, base), ...hint, ...fault];
}

function field(input: Input, base: object): Element {
  switch (input.kind) {
    case 'text':
      return { type: 'Input.Text', ...base, isMultiline: input.multiline, maxLength: input.maxLength };
    case 'date':
      return { type: 'Input.Date', ...base };
    case 'select':
      return {
        type: 'Input.ChoiceSet',
        ...base,
        choices: input.options.map(({ value, label }) => ({ value, title: label })),
      };
    case 'choices':
      return {
        type: 'Input.ChoiceSet',
        ...base,
        isMultiSelect: true,
        style: 'expanded',
        wrap: true,
        choices: input.options.map(({ value, label }) => ({ value, title: label })),
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

function renderBlock(block: Block): Element {
  switch (block.kind) {
    case 'heading':
      return { type: 'TextBlock', text: block.text, size: 'Medium', weight: 'Bolder', wrap: true, style: 'heading' };
    case 'text':
      return textBlock(cut(block.text, MAX_TEXT));
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
        rows: [row(block.columns), ...block.rows.slice(0, MAX_ROWS).map(row)],
      };
    }
  }
}

function textBlock(text: string): Element {
  return { type: 'TextBlock', text, wrap: true };
}

/** Drops what does not fit, and says so. */
function withinLimits(elements: readonly Element[]): Element[] {
  const fitting: Element[] = [];
  let room = MAX_TEXT;
  for (const element of elements) {
    room -= textLength(element);
    if (room < 0) break;
    fitting.push(element);
  }
  const cutTable = elements.some((element) => Array.isArray(element['rows']) && element['rows'].length > MAX_ROWS);
  if (fitting.length === elements.length && !cutTable) return fitting;
  return [...fitting, { ...textBlock('Shortened here: ask about a part of it to see the rest.'), isSubtle: true }];
}

function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + textLength(part), 0);
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
