import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Form, NoticeReply, Reply } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import { type Asker, type Outcome, say, type Tell } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { GONE, itemFor, showButton } from './read.ts';
import { itemName } from './words.ts';

export const MAX_REASON = 1_000;

/** What a button of an item carries: the item in the version that was shown. */
export function seenArgument({ key, version }: Pick<EvidenceItem, 'key' | 'version'>): string {
  return `${key}.${version}`;
}

/** An item that somebody wants to change, as it was when they saw it; or why they cannot. */
export async function changeable(
  parts: EvidenceParts,
  argument: string,
  asker: Asker,
): Promise<{ readonly item: EvidenceItem } | { readonly refusal: NoticeReply }> {
  const [key = '', version = ''] = argument.split('.');
  const item = await itemFor(parts, key, asker);
  if (!item) return { refusal: GONE };
  if (!mayChange(item, asker.person)) {
    const owner = literally(item.owner.name);
    return { refusal: notice(`**${itemName(item)}** is changed by ${owner} or the compliance lead. Ask one of them.`) };
  }
  if (item.state === 'withdrawn') {
    return { refusal: notice(`**${itemName(item)}** is withdrawn. Nothing was changed.`, showButton(item)) };
  }
  return String(item.version) === version ? { item } : { refusal: changedMeanwhile(item) };
}

export function changedMeanwhile(item: Pick<EvidenceItem, 'key' | 'title'>): NoticeReply {
  const what = itemName(item);
  return notice(
    `**${what}** was changed since this was shown. Look at it once more. Nothing was changed.`,
    showButton(item),
  );
}

/** Shows a form on an item to whoever may change it. */
export async function formOn(
  parts: EvidenceParts,
  argument: string,
  asker: Asker,
  form: (item: EvidenceItem) => Omit<Form, 'id'> & { readonly verb: string },
): Promise<Outcome> {
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { verb, ...shown } = form(found.item);
  return say({ kind: 'form', form: { ...shown, id: actionId('evidence', verb, argument) } });
}

/** What was done, for whoever did it, and for the owner where that is somebody else. @param what a sentence without its subject */
export function done(
  tell: Tell,
  item: EvidenceItem,
  { person }: Asker,
  what: { by: string; done: string; key: string },
): Reply[] {
  const show: Action = showButton(item);
  if (item.owner.id !== person.id) {
    const by = literally(person.displayName);
    tell({
      key: `${item.key}:${what.key}:${item.owner.id}`,
      person: item.owner.id,
      reply: notice(`${by} ${what.by}`, show),
    });
  }
  return [notice(`Recorded: ${what.done}`, show)];
}

export function reasonInput(label = 'Reason') {
  return { kind: 'text', name: 'reason', label, multiline: true, maxLength: MAX_REASON, optional: false } as const;
}

export function checkReason({ reason = '' }: Readonly<Record<string, string>>): { readonly reason?: string } {
  if (cleanText(reason) === '') return { reason: 'Say why.' };
  return reason.length > MAX_REASON ? { reason: 'Shorten it to 1,000 characters.' } : {};
}
