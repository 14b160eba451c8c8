import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Block, FormErrors, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { namesOf } from '../../people/names.ts';
import {
  type AiSystem,
  type FieldChange,
  type FieldValue,
  type SystemAct,
  type SystemVersion,
  systemKey,
} from '../../records/ai-system/ai-system.ts';
import { FACTS, type FactName, sayFact } from '../../records/ai-system/facts.ts';
import { historyOf } from '../../records/ai-system/read-systems.ts';
import { fieldChanges } from '../../records/ai-system/store-version.ts';
import { isTopicId, TOPICS } from '../../records/ai-system/topics.ts';
import type { Decision } from '../../records/decision/decision.ts';
import { decisionLine, decisionsOn } from './committee-decisions.ts';
import { showButton } from './refused.ts';

const MAX_VERSIONS = 15;
const MAX_CHANGES = 25;
const MAX_VALUE = 160;

const ACT_NAMES: Readonly<Record<SystemAct, string>> = {
  created: 'begun',
  submitted: 'submitted',
  sent_back: 'sent back',
  approved: 'approved',
  reassigned: 'given to another reviewer',
  changed: 'changed',
  overridden: 'decided otherwise than proposed',
  retired: 'retired',
  discarded: 'discarded',
};

/** What was done with a system, by whom and why, the newest first. */
export async function history(db: Db, system: AiSystem, audience: Audience): Promise<Reply> {
  const versions = await historyOf(db, system.id);
  const decisions = await decisionsOn(db, system, audience, MAX_VERSIONS);
  const lines = versions.slice(0, MAX_VERSIONS).map(versionLine);
  const more = versions.length > MAX_VERSIONS ? [`And ${versions.length - MAX_VERSIONS} earlier ones.`] : [];
  const blocks: Block[] = [
    { kind: 'heading', text: `History of ${systemKey(system.id)} ${literally(system.content.name)}` },
    { kind: 'text', text: lines.map((line) => `- ${line}`).join('\n') },
    ...more.map((text) => ({ kind: 'text' as const, text })),
    ...(decisions.length > 0
      ? [{ kind: 'text' as const, text: `**Decided:**\n${decisions.map((one) => `- ${decided(one)}`).join('\n')}` }]
      : []),
  ];
  const compare =
    versions.length > 1
      ? [
          {
            id: actionId('register', 'compare', String(system.id)),
            label: 'Compare versions ...',
            opensForm: true as const,
          },
        ]
      : [];
  return { kind: 'notice', blocks, actions: [...compare, showButton(system.id)] };
}

function decided(decision: Decision): string {
  return `${decisionLine(decision)}${decision.reason ? `: ${literally(shortened(decision.reason, MAX_VALUE))}` : ''}`;
}

function versionLine({ version, act, by, at, reason, changes }: SystemVersion): string {
  const day = writtenDay(at.toISOString().slice(0, 10));
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  const why = reason ? `: ${literally(shortened(reason, MAX_VALUE))}` : '';
  const what = changes.length > 0 ? ` (${count})` : '';
  return `Version ${version}, ${day}: ${ACT_NAMES[act]} by ${literally(by?.name ?? 'Steward')}${what}${why}`;
}

/** Chooses two versions. */
export async function compareForm(db: Db, system: AiSystem): Promise<Reply> {
  const versions = await historyOf(db, system.id);
  const options = versions.slice(0, 100).map(({ version, act, at }) => ({
    value: String(version),
    label: `${version}: ${ACT_NAMES[act]}, ${at.toISOString().slice(0, 10)}`,
  }));
  const before = String(Math.max(1, system.version - 1));
  return {
    kind: 'form',
    form: {
      id: actionId('register', 'compare', String(system.id)),
      title: 'Compare versions',
      intro: `**${systemKey(system.id)} ${literally(system.content.name)}**`,
      submitLabel: 'Compare',
      inputs: [
        { kind: 'select', name: 'from', label: 'From version', optional: false, options, initial: before },
        { kind: 'select', name: 'to', label: 'To version', optional: false, options, initial: String(system.version) },
      ],
    },
  };
}

export function checkCompareForm({ from = '', to = '' }: FormValues): FormErrors {
  return {
    ...(/^\d{1,9}$/.test(from) ? {} : { from: 'Choose a version.' }),
    ...(/^\d{1,9}$/.test(to) ? {} : { to: 'Choose a version.' }),
  };
}

/** What differs between two versions. */
export async function compare(db: Db, system: AiSystem, from: number, to: number): Promise<Reply> {
  const versions = await historyOf(db, system.id);
  const [one, other] = [from, to].map((number) => versions.find(({ version }) => version === number));
  if (!one || !other) {
    return notice(`${systemKey(system.id)} has versions 1 to ${system.version}.`, showButton(system.id));
  }
  const changes = fieldChanges(one.content, other.content);
  const people = changes
    .filter(({ field }) => field === 'facts.owner')
    .flatMap(({ old, new: now }) => [old, now].filter((value): value is string => typeof value === 'string'));
  const names = await namesOf(
    db,
    people.filter((person) => person !== 'unknown'),
  );
  const say = (field: string, value: FieldValue | undefined) =>
    literally(shortened(worded(field, value, names), MAX_VALUE));
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${systemKey(system.id)}: version ${from} and version ${to}` },
      changes.length === 0
        ? { kind: 'text', text: 'They say the same.' }
        : {
            kind: 'table',
            columns: ['Field', `Version ${from}`, `Version ${to}`],
            rows: changes
              .slice(0, MAX_CHANGES)
              .map(({ field, old, new: now }) => [literally(fieldName(field)), say(field, old), say(field, now)]),
          },
      ...(changes.length > MAX_CHANGES
        ? [{ kind: 'text' as const, text: `And ${changes.length - MAX_CHANGES} more.` }]
        : []),
    ],
    actions: [showButton(system.id)],
  };
}

/** A field as people read it: the question that it answers. */
export function fieldName(field: FieldChange['field']): string {
  const [part = '', name = ''] = field.split('.');
  if (part === 'texts' && isTopicId(name)) return `${TOPICS[name].title}, in words`;
  if (part === 'facts' && Object.hasOwn(FACTS, name)) return FACTS[name as FactName].question;
  return part === 'overrides' ? `Decided: ${name}` : part;
}

function worded(field: string, value: FieldValue | undefined, names: ReadonlyMap<string, string>): string {
  if (value === undefined) return 'nothing';
  const [part, name = ''] = field.split('.');
  if (part !== 'facts' || !Object.hasOwn(FACTS, name)) return typeof value === 'string' ? value : value.join(', ');
  if (typeof value === 'string' && names.has(value)) return names.get(value) ?? '';
  return sayFact(name as FactName, value as never);
}
