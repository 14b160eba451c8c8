import { createRequire } from 'node:module';
import type { Activity } from 'botbuilder';
import { z } from 'zod';

// The library's bundle is made for browsers.
Object.assign(globalThis, { self: globalThis });
const adaptiveCards = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof import('adaptivecards');

/** Teams takes 100 KB; what stays under this is safe however it is counted. */
const MAX_BYTES = 80_000;

const CARD = 'application/vnd.microsoft.card.adaptive';

interface MessageEntity {
  readonly type: string;
  readonly citation?: readonly { readonly position: number; readonly appearance: Record<string, string> }[];
}

/** What Teams would refuse or not show of a message. @returns sentences */
export function faultsOf(activity: Partial<Activity>): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(activity));
  const messages = ((activity.entities ?? []) as MessageEntity[]).filter(({ type }) => type.startsWith('https://'));
  const isEmpty = !activity.text?.trim() && !activity.attachments?.length;
  return [
    ...(bytes > MAX_BYTES ? [`It has ${bytes} bytes.`] : []),
    ...(messages.length > 1 ? ['It has several root message entities.'] : []),
    ...(activity.type === 'message' && isEmpty ? ['It is empty.'] : []),
    ...messages.flatMap(citationFaults),
    ...(activity.attachments ?? []).flatMap(({ contentType, content }) =>
      contentType === CARD ? cardFaults(content) : [`Nobody knows ${contentType}.`],
    ),
  ];
}

function citationFaults({ citation = [] }: MessageEntity): string[] {
  return [
    ...(citation.length > 20 ? [`It has ${citation.length} citations.`] : []),
    ...citation.flatMap(({ position, appearance: { name = '', abstract = '' } }) => [
      ...(name === '' || name.length > 80 ? [`The name of citation ${position} has ${name.length} characters.`] : []),
      ...(abstract.length > 160 ? [`The abstract of citation ${position} has ${abstract.length} characters.`] : []),
    ]),
  ];
}

/** Reads a card as the library of Microsoft's own clients does. */
export function cardFaults(json: unknown): string[] {
  const card = new adaptiveCards.AdaptiveCard();
  // Teams shows six buttons in a row.
  card.hostConfig = new adaptiveCards.HostConfig({ actions: { maxActions: 6 } });
  const context = new adaptiveCards.SerializationContext(adaptiveCards.Versions.v1_5);
  card.parse(withoutPeoplePickers(json), context);
  const charts = chartsIn(json).flatMap((chart) => Chart.safeParse(chart).error?.message ?? []);
  const read = Array.from(
    { length: context.eventCount },
    (_, index) => context.getEventAt(index)?.message ?? '',
  ).filter((message) => message !== FALLS_BACK);
  const { validationEvents } = card.validateProperties();
  return [...charts, ...read, ...validationEvents.map(({ message }) => message)];
}

/** Teams has charts as an extension of cards of any version; whoever does not know them does as the card says. */
const FALLS_BACK = 'Unknown element type "Chart.Line". Fallback will be used if present.';

/** As Microsoft documents it. */
const Chart = z.strictObject({
  type: z.literal('Chart.Line'),
  title: z.string(),
  yAxisTitle: z.string().min(1).optional(),
  data: z
    .array(
      z.strictObject({ legend: z.string(), values: z.array(z.strictObject({ x: z.string(), y: z.number() })).min(1) }),
    )
    .min(1),
  fallback: z.literal('drop'),
});

function chartsIn(json: unknown): unknown[] {
  if (typeof json !== 'object' || json === null) return [];
  const own = (json as { type?: unknown }).type === 'Chart.Line' ? [json] : [];
  return [...own, ...Object.values(json).flatMap(chartsIn)];
}

/** Teams has people pickers as an extension of cards of any version. */
function withoutPeoplePickers(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json), (_key, part) => {
    if (part?.['choices.data']?.dataset !== 'graph.microsoft.com/users') return part;
    const { 'choices.data': _, ...input } = part;
    return { ...input, choices: [{ title: 'Somebody', value: 'somebody' }] };
  });
}
