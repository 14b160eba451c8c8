import { actionId } from '../../chat/action-id.ts';
import type { Action, Block, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Person } from '../../people/people.ts';
import { componentKey, componentsOf } from '../../records/ai-component.ts';
import { type AiSystem, STAGE_NAMES, SYSTEM_STATE_NAMES, systemKey } from '../../records/ai-system/ai-system.ts';
import { isKnown, sayFact } from '../../records/ai-system/facts.ts';
import { isForCommittee } from '../../records/ai-system/for-committee.ts';
import { openPointsOf } from '../../records/ai-system/open-points.ts';
import { TOPICS } from '../../records/ai-system/topics.ts';
import type { Asker } from '../feature.ts';
import { DEPTH_NAMES, ROLE_WORDS, TIER_NAMES } from '../proposal-words.ts';
import { decisionLine, decisionsOn } from './committee-decisions.ts';
import { mayChange, mayDecide, mayHandle, mayRetire } from './rights.ts';

const MAX_PURPOSE = 500;
const MAX_POINTS = 6;

/** A system as the register shows it, with what the reader may do. */
export async function systemCard(
  db: Db,
  system: AiSystem,
  { person: reader, audience }: Pick<Asker, 'person' | 'audience'>,
): Promise<Reply> {
  const { id, content, isAssessmentDue } = system;
  const points = (await openPointsOf(db, id)).filter(({ state }) => state === 'open');
  const components = await componentsOf(db, id);
  const [decision] = await decisionsOn(db, system, audience, 1);
  const facts = [
    { label: 'State', value: `${SYSTEM_STATE_NAMES[system.state]}, version ${system.version}` },
    { label: 'Owner', value: literally(system.owner?.name ?? 'nobody yet') },
    { label: 'Stage', value: system.stage ? STAGE_NAMES[system.stage] : 'not known' },
    { label: 'EU AI Act', value: `${TIER_NAMES[system.tier]}${decidedMark(system, 'tier')}` },
    { label: 'Our roles', value: system.roles.map((role) => ROLE_WORDS[role]).join(', ') || 'none found' },
    {
      label: 'Impact assessment',
      value: `${DEPTH_NAMES[system.impactDepth]}${isAssessmentDue ? '; due' : ''}`,
    },
    ...(isKnown(content.facts, 'personalData') && content.facts.personalData
      ? [{ label: 'Data about people', value: literally(sayFact('personalData', content.facts.personalData)) }]
      : []),
    ...(decision ? [{ label: 'Decided', value: decisionLine(decision) }] : []),
    ...(system.reviewOn ? [{ label: 'Next review', value: writtenDay(system.reviewOn) }] : []),
    { label: 'Complete', value: `${Math.floor(system.completeness * 100)} %` },
    ...(components.length > 0
      ? [
          {
            label: 'Models and features',
            value: components
              .map((one) => literally(`${componentKey(one)} ${one.name}${one.version ? ` ${one.version}` : ''}`))
              .join(', '),
          },
        ]
      : []),
  ];
  const purpose = content.texts.I1;
  const lines = points.slice(0, MAX_POINTS).map(({ topic, question, person }) => {
    const who = person ? `waiting for ${literally(person.name)}` : 'nobody is asked';
    return `- ${TOPICS[topic].title}: ${literally(shortened(question, 160))} (${who})`;
  });
  const blocks: Block[] = [
    { kind: 'heading', text: `${systemKey(id)} ${literally(content.name)}` },
    ...(purpose ? [text(literally(shortened(purpose, MAX_PURPOSE)))] : []),
    { kind: 'facts', facts },
    ...(lines.length > 0 ? [text(`**Open (${points.length}):**\n${lines.join('\n')}`)] : []),
  ];
  return { kind: 'notice', blocks, actions: actionsFor(system, reader) };
}

/** What most readers want, and behind it the rest: Teams shows six buttons. */
function actionsFor(system: AiSystem, reader: Person): Action[] {
  const { id, version, state } = system;
  const key = String(id);
  const seen = `${id}.${version}`;
  const decides = state === 'submitted' && mayDecide(reader, system);
  const decision: Action = isForCommittee(system)
    ? { id: actionId('register', 'decide', seen), label: 'Record the decision', style: 'primary', opensForm: true }
    : { id: actionId('register', 'approve', seen), label: 'Approve', style: 'primary', opensForm: true };
  return [
    ...(decides ? [decision] : []),
    ...(state === 'submitted' && mayHandle(reader, system)
      ? [{ id: actionId('register', 'send-back', seen), label: 'Send back ...', opensForm: true as const }]
      : []),
    ...(state === 'draft' || state === 'sent_back'
      ? [{ id: actionId('intake', 'join', key), label: 'Go on with it' }]
      : []),
    { id: actionId('register', 'answers', key), label: 'Answers' },
    { id: actionId('register', 'proposal', key), label: 'Proposal and reasons' },
    { id: actionId('register', 'history', key), label: 'History' },
    ...(isLive(system) ? [{ id: actionId('register', 'manage', key), label: 'More ...' }] : []),
  ];
}

function isLive({ state }: AiSystem): boolean {
  return state === 'submitted' || state === 'approved';
}

/** What else somebody may do with a system. */
export async function manageCard(db: Db, system: AiSystem, reader: Person): Promise<Reply> {
  const { id, version, state } = system;
  const key = String(id);
  const seen = `${id}.${version}`;
  const points = (await openPointsOf(db, id)).filter((point) => point.state === 'open');
  const changes = isLive(system) && mayChange(reader, system);
  const looksAgain = state === 'approved' && (mayDecide(reader, system) || mayRetire(reader, system));
  const candidates: readonly (readonly [boolean, Action])[] = [
    [changes, { id: actionId('register', 'change', key), label: 'Change ...', opensForm: true }],
    [changes, { id: actionId('register', 'link', key), label: 'Models and features ...', opensForm: true }],
    [points.length > 0, { id: actionId('intake', 'points', key), label: 'Open questions' }],
    [looksAgain, { id: actionId('register', 'again', seen), label: 'Reviewed, still right', opensForm: true }],
    [
      changes && system.isAssessmentDue,
      { id: actionId('register', 'assessed', key), label: 'Impact assessed ...', opensForm: true },
    ],
    [
      isLive(system) && mayHandle(reader, system),
      { id: actionId('register', 'override', seen), label: 'Decide otherwise ...', opensForm: true },
    ],
    [
      isLive(system) && mayRetire(reader, system),
      { id: actionId('register', 'retire', seen), label: 'Retire ...', style: 'danger', opensForm: true },
    ],
  ];
  const actions = candidates.filter(([isOffered]) => isOffered).map(([, action]) => action);
  const what = `**${systemKey(id)} ${literally(system.content.name)}**`;
  const owner = system.owner ? literally(system.owner.name) : 'its owner';
  return {
    kind: 'notice',
    blocks: [
      text(
        actions.length > 0
          ? `What you can do with ${what}:`
          : `${what} is looked after by ${owner} and the compliance lead.`,
      ),
    ],
    actions,
  };
}

function decidedMark({ content }: AiSystem, part: 'tier'): string {
  return content.overrides[part] ? ' (decided by a person)' : '';
}

function text(markdown: string): Block {
  return { kind: 'text', text: markdown };
}
