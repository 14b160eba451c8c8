import { actionId } from '../../chat/action-id.ts';
import type { Block, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { namesOf } from '../../people/names.ts';
import { type Overrides, systemKey } from '../../records/ai-system/ai-system.ts';
import { completeness, incompleteTopics } from '../../records/ai-system/completeness.ts';
import { likelyDuplicates } from '../../records/ai-system/duplicates.ts';
import { decisionOn } from '../../records/ai-system/early-decision.ts';
import { isKnown } from '../../records/ai-system/facts.ts';
import { inForce } from '../../records/ai-system/in-force.ts';
import { textsOf } from '../../records/ai-system/intakes.ts';
import { significantChanges } from '../../records/ai-system/significant-change.ts';
import { TOPICS } from '../../records/ai-system/topics.ts';
import { proposalBlocks } from '../proposal-words.ts';
import { type Interview, titleOf, versionOf } from './interview.ts';

/** Open points that are listed. */
const MAX_POINTS = 12;

/** What follows from all answers, as a proposal, before somebody submits it. */
export async function endCard(db: Db, interview: Interview): Promise<Reply> {
  const { intake, facts, points } = interview;
  const overrides = await overridesOf(db, interview);
  const texts = textsOf(intake);
  const names = await namesOf(
    db,
    Object.values(overrides).map(({ by }) => by),
  );
  const unclear = incompleteTopics(texts, facts);
  const argument = String(intake.id);
  return {
    kind: 'notice',
    card: `interview-end:${intake.id}`,
    blocks: [
      { kind: 'heading', text: `${literally(titleOf(interview))}: everything is asked` },
      {
        kind: 'text',
        text:
          `${Math.floor(completeness(texts, facts) * 100)} % of what is asked is answered. What follows from it is ` +
          '*proposed* by rules; nothing is decided before somebody has reviewed it.',
      },
      ...pointsBlock(points),
      ...(unclear.length > 0
        ? [text(`Not complete: ${unclear.map((topic) => `${TOPICS[topic].title} (${topic})`).join(', ')}.`)]
        : []),
      ...(await duplicatesBlock(db, interview)),
      ...proposalBlocks(inForce({ facts, overrides }), overrides, (person) => names.get(person)),
    ],
    actions: [
      { id: actionId('intake', 'submit', `${argument}.${stateOf(interview)}`), label: 'Submit', style: 'primary' },
      { id: actionId('intake', 'decide', argument), label: 'Decide otherwise ...', opensForm: true },
      { id: actionId('intake', 'correct', argument), label: 'Change an answer ...', opensForm: true },
      { id: actionId('intake', 'pause', argument), label: 'Pause' },
      { id: actionId('intake', 'discard', argument), label: 'Discard ...' },
    ],
  };
}

/** What holds in the place of proposals: as decided before, and in this interview. */
export async function overridesOf(db: Db, { intake, system, facts }: Interview): Promise<Overrides> {
  const decision = await decisionOn(db, intake.id, facts);
  // What was decided on other facts lapses with the submission.
  const kept = significantChanges(system.content.facts, facts).length === 0 ? system.content.overrides : {};
  if (!decision) return kept;
  const { decided, reason, by, at } = decision;
  const made = Object.entries(decided).map(([part, value]) => [part, { value, reason, by, at: at.toISOString() }]);
  return { ...kept, ...Object.fromEntries(made) };
}

/** What was seen of an interview: it differs as soon as anybody has changed anything. */
export function stateOf({ intake, system }: Interview): string {
  const answers = Object.values(intake.answers).reduce((sum, answer) => sum + versionOf(answer), 0);
  return `${intake.version}-${answers}-${system.version}`;
}

function pointsBlock(points: Interview['points']): Block[] {
  if (points.length === 0) return [];
  const lines = points.slice(0, MAX_POINTS).map(({ topic, question, person }) => {
    const who = person ? `waiting for ${literally(person.name)}` : 'nobody is asked yet';
    return `- ${TOPICS[topic].title}: ${literally(shortened(question, 200))} (${who})`;
  });
  const more = points.length > MAX_POINTS ? [`- and ${points.length - MAX_POINTS} more`] : [];
  return [text(`**Open:**\n${[...lines, ...more].join('\n')}`)];
}

async function duplicatesBlock(db: Db, { system, intake, facts }: Interview): Promise<Block[]> {
  const described = {
    name: system.content.name,
    vendor: isKnown(facts, 'vendor') ? facts.vendor : undefined,
    purpose: intake.answers.I1?.text,
  };
  const alike = await likelyDuplicates(db, described, system.id);
  if (alike.length === 0) return [];
  const lines = alike.slice(0, 3).map((other) => `- ${systemKey(other.id)} ${literally(other.name)}: ${other.alike}`);
  return [text(`**Perhaps it is in the register already:**\n${lines.join('\n')}`)];
}

function text(markdown: string): Block {
  return { kind: 'text', text: markdown };
}
