import { notice } from '../../../chat/notice.ts';
import type { FormErrors, NoticeReply, Reply } from '../../../chat/reply.ts';
import { literally } from '../../../chat/text.ts';
import type { Db } from '../../../database/database.ts';
import { type AiSystem, systemKey } from '../../../records/ai-system/ai-system.ts';
import { isForCommittee } from '../../../records/ai-system/for-committee.ts';
import { readSystem } from '../../../records/ai-system/read-systems.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';

import { parseSeen, refused, showButton } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import type { mayDecide } from '../rights.ts';

const GONE = notice('That is not in the register. `/aims systems` lists what is.');

/** A system on which somebody may act as a reviewer, or why not. */
export type UnderReview = { readonly system: AiSystem } | { readonly refusal: Reply };

/** @param argument the system, in the version that was seen */
export async function underReview(
  { db }: RegisterParts,
  argument: string,
  { person }: Asker,
  may: typeof mayDecide,
): Promise<UnderReview> {
  const seen = parseSeen(argument);
  const system = seen && (await readSystem(db, seen.id));
  if (!seen || !system) return { refusal: GONE };
  if (system.version !== seen.version) return { refusal: refused('changed_meanwhile', system.id) };
  if (system.submittedBy?.id === person.id && system.state === 'submitted') {
    return { refusal: refused('own', system.id) };
  }
  if (may(person, system)) return { system };
  const who = isForCommittee(system) ? "the committee's chair or a delegate" : 'the compliance lead or the deputy';
  return {
    refusal: notice(`${systemKey(system.id)} is decided by ${who}. Nothing was changed.`, showButton(system.id)),
  };
}

/** @returns undefined where a form was filled in rightly */
export function faultyForm(errors: FormErrors): Outcome | undefined {
  const faults = Object.values(errors);
  return faults.length > 0 ? say(notice(`${faults.join(' ')} Nothing was changed.`)) : undefined;
}

/** A system that is surely there. */
export async function known(db: Db, id: number): Promise<AiSystem> {
  const system = await readSystem(db, id);
  if (!system) throw new Error(`${systemKey(id)} cannot be found.`);
  return system;
}

/** `**AIS-3 Mia**` */
export function titled({ id, content }: Pick<AiSystem, 'id' | 'content'>): string {
  return `**${systemKey(id)} ${literally(content.name)}**`;
}

/** A notice that takes the place of the review card, wherever it stands. */
export function inPlaceOfCard({ id }: AiSystem, reply: NoticeReply): NoticeReply {
  return { ...reply, card: `review:${id}` };
}
