import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type AiSystem, STAGE_NAMES, SYSTEM_STATE_NAMES, systemKey } from '../../records/ai-system/ai-system.ts';
import { missingFrom } from '../../records/ai-system/completeness.ts';
import { FACTS, isKnown, sayFact } from '../../records/ai-system/facts.ts';
import { openPointsOf } from '../../records/ai-system/open-points.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import type { NamedSystem } from '../../records/ai-system/system-names.ts';
import { TOPICS } from '../../records/ai-system/topics.ts';
import type { Asker } from '../feature.ts';
import { TIER_NAMES } from '../proposal-words.ts';
import type { Intent } from './query.ts';
import { showButton } from './refused.ts';
import { systemCard } from './system-card.ts';

/** Systems among which somebody chooses the one that they mean. */
const MAX_MEANT = 6;

const MAX_MISSING = 12;

/** Answers a question about one system from its record; where several may be meant, asks which. */
export async function aboutOne(
  db: Db,
  meant: readonly NamedSystem[],
  intent: Intent,
  question: string,
  reader: Pick<Asker, 'person' | 'audience'>,
): Promise<Reply> {
  if (meant.length > 1) {
    return notice(
      'Which one do you mean?',
      ...meant.slice(0, MAX_MEANT).map(({ id, name }) => ({
        id: actionId('register', `about-${intent}`, `${id} ${question.slice(0, 300)}`),
        label: `${systemKey(id)} ${shortened(name, 50)}`,
      })),
    );
  }
  const [only] = meant;
  const system = only && (await readSystem(db, only.id));
  if (!system) return notice('There is no such system in the register. `/aims systems` lists what there is.');
  switch (intent) {
    case 'owner':
      return owner(system);
    case 'may-use':
      return mayUse(system, question);
    case 'missing':
      return missing(db, system);
    case 'data':
      return data(system);
    case 'about':
      return systemCard(db, system, reader);
  }
}

function owner(system: AiSystem): Reply {
  const what = titleOf(system);
  if (!system.owner) {
    const words = system.content.texts.I14;
    const said = words ? ` Asked for it, somebody said: *${literally(shortened(words, 200))}*` : '';
    return notice(`${what} has no owner on record.${said}`, showButton(system.id));
  }
  return notice(`**${literally(system.owner.name)}** owns ${what}.`, showButton(system.id));
}

/** What the record says for and against a use. Steward allows nothing. */
function mayUse(system: AiSystem, question: string): Reply {
  const what = titleOf(system);
  const whom = system.owner ? literally(system.owner.name) : 'the compliance lead';
  if (system.state === 'retired') return notice(`${what} is retired. Do not use it.`, showButton(system.id));
  if (system.state !== 'approved') {
    return notice(
      `Not yet: ${what} is not approved (${SYSTEM_STATE_NAMES[system.state].toLowerCase()}). Ask ${whom}.`,
      showButton(system.id),
    );
  }
  const asksForData = /\bdata\b|e-?mails?|names?\b|\bcustomers?\b|personal/i.test(question);
  const { facts, texts } = system.content;
  const kinds = facts.personalData;
  const said = texts.I6 ? `\n\nOn its data the record says: *${literally(shortened(texts.I6, 300))}*` : '';
  const training = facts.vendorTraining === 'allowed' ? ' Careful: the vendor may train on what goes in.' : '';
  if (!asksForData || kinds === undefined || kinds === 'unknown') {
    return notice(
      `${what} is approved for this: *${literally(shortened(texts.I1 ?? 'no purpose is on record', 300))}* ` +
        `${asksForData ? 'Which data about people may go in is not on record. ' : ''}For anything else ask ${whom}.${training}${said}`,
      showButton(system.id),
    );
  }
  const verdict = kinds.includes('none')
    ? 'is approved without data about people, so not for these'
    : `is approved with these data about people: ${literally(sayFact('personalData', kinds).toLowerCase())}`;
  return notice(
    `${what} ${verdict}. Whether yours are among them, or may be added, says ${whom}.${training}${said}`,
    showButton(system.id),
  );
}

async function missing(db: Db, system: AiSystem): Promise<Reply> {
  const { texts, facts } = system.content;
  const gaps = missingFrom(texts, facts);
  const points = (await openPointsOf(db, system.id)).filter(({ state }) => state === 'open');
  const lines = [
    ...points.map(({ topic, question, person }) => {
      const who = person ? `waiting for ${literally(person.name)}` : 'nobody is asked yet';
      return `Open, ${TOPICS[topic].title.toLowerCase()}: ${literally(shortened(question, 160))} (${who})`;
    }),
    ...gaps.topics.map((topic) => `Nothing is said on ${TOPICS[topic].title.toLowerCase()}.`),
    ...gaps.facts.map((name) => `Not known: ${FACTS[name].question}`),
    ...(system.isAssessmentDue ? ['Its impact assessment is due.'] : []),
    ...system.triage.flags.map(({ because }) => `To look at: ${literally(because)}.`),
  ];
  const what = titleOf(system);
  if (lines.length === 0) return notice(`Nothing is missing in the record of ${what}.`, showButton(system.id));
  const more = lines.length > MAX_MISSING ? `\n- and ${lines.length - MAX_MISSING} more` : '';
  return notice(
    `The record of ${what} is ${Math.floor(system.completeness * 100)} % complete. Missing:\n${lines
      .slice(0, MAX_MISSING)
      .map((line) => `- ${line}`)
      .join('\n')}${more}`,
    showButton(system.id),
  );
}

function data(system: AiSystem): Reply {
  const { facts, texts } = system.content;
  const kinds =
    isKnown(facts, 'personalData') && facts.personalData
      ? literally(sayFact('personalData', facts.personalData))
      : 'not known';
  const words = texts.I6 ? `\n\n*${literally(shortened(texts.I6, 600))}*` : '';
  return notice(`Data about people in ${titleOf(system)}: ${kinds}.${words}`, showButton(system.id));
}

function titleOf({ id, content, stage, tier, reviewOn }: AiSystem): string {
  const known = [stage ? STAGE_NAMES[stage].toLowerCase() : undefined, TIER_NAMES[tier]].filter(Boolean).join(', ');
  const review = reviewOn ? `, next review ${writtenDay(reviewOn)}` : '';
  return `**${systemKey(id)} ${literally(content.name)}** (${known}${review})`;
}
