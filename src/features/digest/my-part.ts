import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Block, Reply } from '../../chat/reply.ts';
import { writtenDay } from '../../clock.ts';
import { directAudience } from '../../people/direct-audience.ts';
import type { Person } from '../../people/people.ts';
import { itemKey } from '../../records/action-item/action-item.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { readDigest } from '../../records/digest/digest.ts';
import { readSituation } from '../../records/digest/read-situation.ts';
import { weekNumber } from '../../records/digest/schedule.ts';
import type { Situation } from '../../records/digest/situation.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { itemButtons } from './compose.ts';
import type { DigestParts } from './parts.ts';
import { brief, days, daysBetween, decideButton } from './words.ts';

/** Sends somebody what of a digest is theirs, in a direct message. Pressed again on the same day, it sends nothing more. */
export async function myPart(parts: DigestParts, argument: string, asker: Asker): Promise<Outcome> {
  const { db, clock } = parts;
  const { person, address } = asker;
  const digest = await readDigest(db, numberIn(argument));
  if (!digest || person.standing !== 'member') return say(notice('I have no part of it for you.'));
  const today = clock.today();
  const situation = await readSituation({
    db,
    audience: await directAudience(db, person.id, address.platform, today),
    now: clock.now(),
    today,
    since: digest.composedAt,
    signingKey: await parts.signingKey(),
  });
  const reply = partOf(situation, person, weekNumber(digest.period));
  return async (_change, tell) => {
    const key = `digest:${digest.id}:mine:${person.id}:${today}`;
    tell({ key, person: person.id, reply, platform: address.platform });
    return [];
  };
}

function partOf({ decisions, overdue, lapsing, day }: Situation, person: Person, week: number): Reply {
  const mine = decisions.first.filter(({ isForCommittee }) =>
    person.roles.has(isForCommittee ? 'committee_chair' : 'compliance_lead'),
  );
  const late = overdue.first.filter(({ owner }) => owner.id === person.id);
  const mineLapsing = lapsing.first.filter(({ owner }) => owner.id === person.id);
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [
      'Waiting for your decision',
      mine.map(({ id, name, since }) => `${systemKey(id)} ${brief(name)} (${days(daysBetween(since, day))})`),
    ],
    ['Late', late.map(({ id, text, dueOn }) => `${itemKey(id)} ${brief(text)} (${days(daysBetween(dueOn, day))})`)],
    [
      'Your evidence that lapses',
      mineLapsing.map(({ key, title, validUntil }) => `${key} ${brief(title)} (${writtenDay(validUntil)})`),
    ],
  ];
  const blocks: Block[] = lists
    .filter(([, lines]) => lines.length > 0)
    .map(([label, lines]) => ({ kind: 'text', text: `**${label}**\n${lines.map((line) => `- ${line}`).join('\n')}` }));
  const actions: Action[] = [
    ...mine.slice(0, 2).map(decideButton),
    ...late.slice(0, 1).flatMap(itemButtons),
    ...mineLapsing.slice(0, 1).map(({ key }) => ({ id: actionId('evidence', 'show', key), label: `Open ${key}` })),
  ];
  if (blocks.length === 0) return notice(`Nothing in the digest of week ${week} waits for you.`);
  return {
    kind: 'notice',
    blocks: [{ kind: 'heading', text: `Your part of week ${week}` }, ...blocks],
    actions,
  };
}
