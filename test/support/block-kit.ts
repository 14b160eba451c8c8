import { z } from 'zod';

/** Block Kit as far as Steward uses it, with the limits that Slack documents. Whatever is not listed here is refused. */

const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(most), emoji: z.boolean().optional() });

const Style = z.strictObject({ bold: z.literal(true), italic: z.literal(true), code: z.literal(true) }).partial();

/** No links: rich text says literally what stands in it. */
const RichTextElement = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: Style.optional() });

const RichTextSection = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(RichTextElement).min(1),
});

/** The one place in which somebody is mentioned: at the beginning of a line that is for them. */
const MentionSection = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z
    .tuple([z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) })])
    .rest(RichTextElement),
});

const RichText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        RichTextSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          indent: z.number().int().min(0).max(8),
          elements: z.array(z.union([RichTextSection, MentionSection])).min(1),
        }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(RichTextElement).min(1),
        }),
      ]),
    )
    .min(1),
});

const actionId = z.string().min(1).max(255);
const blockId = z.string().min(1).max(255).optional();

const Button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plain(75),
  value: z.string().min(1).max(2_000).optional(),
  url: z.url().max(3_000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

const FeedbackButton = z.strictObject({ text: plain(75), value: z.string().min(1).max(2_000) });

const unique = <T>(of: (element: T) => string) =>
  [(elements: readonly T[]) => new Set(elements.map(of)).size === elements.length, 'ids must differ'] as const;

const Actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(Button)
    .min(1)
    .max(25)
    .refine(...unique(({ action_id }: { action_id: string }) => action_id)),
});

const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z
    .array(
      z.strictObject({
        type: z.literal('feedback_buttons'),
        action_id: actionId,
        positive_button: FeedbackButton,
        negative_button: FeedbackButton,
      }),
    )
    .min(1)
    .max(5),
});

const Context = z.strictObject({ type: z.literal('context'), elements: z.array(plain(2_000)).min(1).max(10) });

const Header = z.strictObject({ type: z.literal('header'), text: plain(150) });

const Divider = z.strictObject({ type: z.literal('divider') });

const Section = z.strictObject({ type: z.literal('section'), text: plain(3_000) });

const Table = z.strictObject({
  type: z.literal('table'),
  rows: z
    .array(
      z
        .array(z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }))
        .min(1)
        .max(20),
    )
    .min(1)
    .max(100),
});

const label = z.string().min(1).max(20);

const Chart = z.strictObject({
  type: z.literal('data_visualization'),
  title: z.string().min(1).max(50),
  chart: z
    .strictObject({
      type: z.literal('line'),
      series: z
        .array(
          z.strictObject({
            name: label,
            data: z
              .array(z.strictObject({ label, value: z.number() }))
              .min(1)
              .max(20),
          }),
        )
        .min(1)
        .max(6)
        .refine(...unique(({ name }: { name: string }) => name)),
      axis_config: z.strictObject({
        categories: z.array(label).min(1).max(20),
        y_label: z.string().min(1).max(50).optional(),
      }),
    })
    .refine(
      ({ series, axis_config: { categories } }) =>
        new Set(categories).size === categories.length &&
        series.every(({ data }) => data.map((point) => point.label).join() === categories.join()),
      'each series needs one value for each category',
    ),
});

const Option = z.strictObject({ text: plain(75), value: z.string().min(1).max(150) });
const Options = z.array(Option).min(1).max(100);
const Groups = z
  .array(z.strictObject({ label: plain(75), options: Options }))
  .min(1)
  .max(100);

/** Options, or groups of options. */
const hasOne = [
  (select: { options?: unknown; option_groups?: unknown }) =>
    (select.options === undefined) !== (select.option_groups === undefined),
  'either options or groups of options',
] as const;

const choice = { action_id: actionId, options: Options.optional(), option_groups: Groups.optional() };

const Input = z.strictObject({
  type: z.literal('input'),
  block_id: z.string().min(1).max(255),
  label: plain(2_000),
  hint: plain(2_000).optional(),
  optional: z.boolean(),
  element: z.union([
    z
      .strictObject({
        type: z.literal('plain_text_input'),
        action_id: actionId,
        multiline: z.boolean(),
        max_length: z.number().int().min(1).max(3_000),
        initial_value: z.string().optional(),
      })
      .refine(({ initial_value, max_length }) => (initial_value?.length ?? 0) <= max_length, 'initial value too long'),
    z
      .strictObject({ type: z.literal('static_select'), ...choice, initial_option: Option.optional() })
      .refine(...hasOne),
    z
      .strictObject({ type: z.literal('multi_static_select'), ...choice, initial_options: Options.optional() })
      .refine(...hasOne),
    z.strictObject({
      type: z.literal('checkboxes'),
      action_id: actionId,
      options: z.array(Option).min(1).max(10),
      initial_options: z.array(Option).min(1).optional(),
    }),
    z.strictObject({ type: z.literal('users_select'), action_id: actionId, initial_user: z.string().optional() }),
    z.strictObject({
      type: z.literal('datepicker'),
      action_id: actionId,
      initial_date: z.iso.date().optional(),
    }),
  ]),
});

const differentBlocks = [
  (blocks: readonly object[]) => {
    const ids = blocks.flatMap((block) => ('block_id' in block && block.block_id) || []);
    return new Set(ids).size === ids.length;
  },
  'block ids must differ',
] as const;

const MESSAGE_BLOCKS = [RichText, Actions, ContextActions, Context, Header, Table, Chart] as const;
const VIEW_BLOCKS = [RichText, Actions, Context, Header, Table, Divider, Section] as const;

/** The characters of every text in a block. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : textLength(part)),
    0,
  );
}

/** What a message may hold, in all. */
export const SlackMessage = z.object({
  text: z
    .string()
    .min(1)
    .max(4_000)
    .regex(/^[^<>]*$/),
  blocks: z
    .array(z.discriminatedUnion('type', [...MESSAGE_BLOCKS]))
    .max(50)
    .refine(...differentBlocks)
    .refine((blocks) => blocks.filter(({ type }) => type === 'table').length <= 1, 'one table a message')
    .refine((blocks) => blocks.filter(({ type }) => type === 'data_visualization').length <= 2, 'two charts a message')
    .refine((blocks) => textLength(blocks) <= 12_000, 'more than 12,000 characters'),
});

const viewBase = {
  private_metadata: z.string().max(3_000).optional(),
  external_id: z.string().min(1).max(255).optional(),
};

export const SlackModal = z.strictObject({
  ...viewBase,
  type: z.literal('modal'),
  callback_id: z.string().min(1).max(255).optional(),
  title: plain(24),
  submit: plain(24).optional(),
  close: plain(24).optional(),
  blocks: z
    .array(z.discriminatedUnion('type', [...VIEW_BLOCKS, Input]))
    .min(1)
    .max(100)
    .refine(...differentBlocks),
});

export const SlackHome = z.strictObject({
  ...viewBase,
  type: z.literal('home'),
  blocks: z
    .array(z.discriminatedUnion('type', [...VIEW_BLOCKS]))
    .max(100)
    .refine(...differentBlocks),
});

/** What is wrong with what was sent to a method of Slack's; undefined where it would take it. */
export function faultIn(method: string, args: Record<string, unknown>): string | undefined {
  const schemas = new Map<string, readonly [z.ZodType, unknown]>([
    ['chat.postMessage', [SlackMessage, args]],
    ['chat.update', [SlackMessage, args]],
    ['response', [SlackMessage, args]],
    ['views.open', [SlackModal, args['view']]],
    ['views.update', [SlackModal, args['view']]],
    ['views.publish', [SlackHome, args['view']]],
  ]);
  const found = schemas.get(method);
  const issues = found?.[0].safeParse(found[1]).error;
  return issues && `${method}: ${z.prettifyError(issues)}`;
}
