import { actionId } from '../chat/action-id.ts';
import type { Block, Reply } from '../chat/reply.ts';
import { literally } from '../chat/text.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { holdersOf, questionContact } from '../people/question-contact.ts';
import { type AiSystem, systemKey } from '../records/ai-system/ai-system.ts';
import { isForCommittee } from '../records/ai-system/for-committee.ts';
import { openPointsOf } from '../records/ai-system/open-points.ts';
import { inOneLine } from './proposal-words.ts';

/** Who is to decide on a system. */
export interface Reviewers {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** High-risk and prohibited systems are the committee's. */
  readonly isCommittee: boolean;
}

/**
 * Finds who is to decide on a system: whoever it was given to; the committee's chair and deputy where it is the committee's; else
 * the compliance lead and deputy. Whoever submitted it is left out.
 */
export async function reviewersOf(db: Db, clock: Clock, system: AiSystem, isExample: boolean): Promise<Reviewers> {
  const { reviewer, submittedBy } = system;
  const isCommittee = isForCommittee(system);
  const others = <P extends { id: string }>(people: readonly P[]) => people.filter(({ id }) => id !== submittedBy?.id);
  if (reviewer) return { people: others([reviewer]), isCommittee };
  const chairs = isCommittee ? others(await holdersOf(db, 'committee_chair', clock.today(), isExample)) : [];
  if (chairs.length > 0) return { people: chairs, isCommittee };
  const { people } = await questionContact(db, clock.today(), isExample);
  return { people: others(people), isCommittee };
}

/** What a reviewer gets: what is proposed, what to look at, and what to do with it. */
export async function reviewCard(db: Db, system: AiSystem): Promise<Reply> {
  const points = (await openPointsOf(db, system.id)).filter(({ state }) => state === 'open');
  const count = points.length === 1 ? '1 open point' : `${points.length} open points`;
  const flags = system.triage.flags.map(({ because }) => `- ${literally(because)}`);
  const isCommittee = isForCommittee(system);
  const seen = `${system.id}.${system.version}`;
  const who = system.submittedBy ? ` · submitted by ${literally(system.submittedBy.name)}` : '';
  const blocks: Block[] = [
    { kind: 'heading', text: `${systemKey(system.id)} ${literally(system.content.name)}` },
    text(
      `Version ${system.version}${who} · ${Math.floor(system.completeness * 100)} % complete${points.length > 0 ? `, ${count}` : ''}`,
    ),
    text(`*Proposed:* ${inOneLine(system)}`),
    ...(flags.length > 0 ? [text(`*Look at:*\n${flags.join('\n')}`)] : []),
    ...(isCommittee
      ? [text('It is for the AI governance committee: its chair or deputy records the decision and who took part.')]
      : []),
  ];
  return {
    kind: 'notice',
    card: `review:${system.id}`,
    blocks,
    actions: [
      isCommittee
        ? { id: actionId('register', 'decide', seen), label: 'Record the decision', style: 'primary', opensForm: true }
        : { id: actionId('register', 'approve', seen), label: 'Approve', style: 'primary', opensForm: true },
      { id: actionId('register', 'send-back', seen), label: 'Send back ...', opensForm: true },
      { id: actionId('register', 'override', seen), label: 'Decide otherwise ...', opensForm: true },
      { id: actionId('register', 'reassign', seen), label: 'Reassign ...', opensForm: true },
      { id: actionId('register', 'show', String(system.id)), label: 'Details' },
    ],
  };
}

function text(markdown: string): Block {
  return { kind: 'text', text: markdown };
}
