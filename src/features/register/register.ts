import type { Channel } from '../../chat/channel.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import type { FormValues, Platform } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads } from '../../downloads/downloads.ts';
import type { People } from '../../people/people.ts';
import { type AiSystem, parseSystemKey } from '../../records/ai-system/ai-system.ts';
import { ownersOf, readSystem } from '../../records/ai-system/read-systems.ts';
import { systemNames, systemsNamedIn } from '../../records/ai-system/system-names.ts';
import { type Asker, type Command, type Feature, type Outcome, type Request, say } from '../feature.ts';
import { checkOverrideForm } from '../override-form.ts';
import { aboutOne } from './about-one.ts';
import { answersCard, proposalCard } from './answers-card.ts';
import {
  assessedForm,
  changeForm,
  checkChangeForm,
  checkFieldForm,
  checkReasonForm,
  fieldForm,
  retireForm,
  submitAssessedForm,
  submitFieldForm,
  submitRetireForm,
} from './change.ts';
import { checkLinkForm, componentList, linkForm, submitLinkForm } from './components.ts';
import { offerRegister } from './export.ts';
import { checkCompareForm, compare, compareForm, history } from './history.ts';
import { askForTable, awaitsTable, importIt, leaveImport, takeTable } from './import.ts';
import { checkFilterForm, filterForm, filterFrom, systemList } from './list.ts';
import { asksForSystems, type Intent, intentOf, mayAskForSystems, readQuery, type SystemQuery } from './query.ts';
import { approveForm, checkApproveForm, submitApproveForm } from './review/approve.ts';
import { checkDecideForm, decideForm, submitDecideForm } from './review/committee.ts';
import { againForm, checkAgainForm, submitAgainForm } from './review/look-again.ts';
import { decideOtherwise, submitOverride } from './review/override.ts';
import { checkReassignForm, reassignForm, submitReassignForm } from './review/reassign.ts';
import { checkSendBackForm, sendBackForm, submitSendBackForm } from './review/send-back.ts';
import { manageCard, systemCard } from './system-card.ts';
import { decisionsWaiting } from './waiting.ts';

export interface RegisterParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly people: People;
  readonly downloads: Downloads;
  /** Where people give files. */
  readonly channels: ReadonlyMap<Platform, Channel>;
  /** Months from an approval to the next review. */
  readonly reviewMonths: number;
}

export const REGISTER_COMMANDS: readonly Command[] = [
  {
    name: 'systems',
    usage: '[AIS-n | words to filter by | export | import]',
    summary:
      'lists the AI systems of the register, or shows one: "high risk", "in use", "health data", "models"; gives it to you as a file; takes one from the compliance lead',
  },
];

type Handler = (parts: RegisterParts, argument: string, asker: Asker) => Promise<Outcome>;

const ACTIONS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['show', (parts, id, asker) => withSystem(parts, id, (system) => systemCard(parts.db, system, asker))],
  ['answers', (parts, id) => withSystem(parts, id, (system) => answersCard(parts.db, system))],
  ['proposal', (parts, id) => withSystem(parts, id, (system) => proposalCard(parts.db, system))],
  ['history', (parts, id, asker) => withSystem(parts, id, (system) => history(parts.db, system, asker.audience))],
  ['compare', (parts, id) => withSystem(parts, id, (system) => compareForm(parts.db, system))],
  ['manage', (parts, id, asker) => withSystem(parts, id, (system) => manageCard(parts.db, system, asker.person))],
  ['filter', async () => say(filterForm())],
  ['change', changeForm],
  [
    'field',
    (parts, argument, asker) => {
      const [id = '', , topic = ''] = argument.split('.');
      return fieldForm(parts, id, { topic }, asker);
    },
  ],
  ['link', linkForm],
  ['assessed', assessedForm],
  ['retire', retireForm],
  ['approve', approveForm],
  ['decide', decideForm],
  ['again', againForm],
  ['send-back', sendBackForm],
  ['reassign', reassignForm],
  ['override', decideOtherwise],
  ['import-do', importIt],
  ['import-drop', async (_parts, _argument, asker) => leaveImport(asker)],
]);

type FormHandler = (parts: RegisterParts, argument: string, values: FormValues, asker: Asker) => Promise<Outcome>;

const FORMS: ReadonlyMap<string, FormHandler> = new Map<string, FormHandler>([
  ['filter', submitFilter],
  ['compare', submitCompare],
  ['change', fieldForm],
  ['field', submitFieldForm],
  ['link', submitLinkForm],
  ['assessed', submitAssessedForm],
  ['retire', submitRetireForm],
  ['approve', submitApproveForm],
  ['decide', submitDecideForm],
  ['again', submitAgainForm],
  ['send-back', submitSendBackForm],
  ['reassign', submitReassignForm],
  ['override', submitOverride],
]);

const CHECKS: ReadonlyMap<string, (values: FormValues, clock: Clock) => FormErrors> = new Map([
  ['filter', checkFilterForm],
  ['compare', checkCompareForm],
  ['change', checkChangeForm],
  ['field', checkFieldForm],
  ['link', checkLinkForm],
  ['assessed', checkReasonForm],
  ['retire', checkReasonForm],
  ['approve', checkApproveForm],
  ['decide', checkDecideForm],
  ['again', checkAgainForm],
  ['send-back', checkSendBackForm],
  ['reassign', checkReassignForm],
  ['override', checkOverrideForm],
]);

/** The register of AI systems: lists and shows them, answers questions about them, reviews, changes and retires them. */
export function registerFeature(parts: RegisterParts): Feature {
  return {
    name: 'register',
    commands: REGISTER_COMMANDS,
    checkForm: (verb, values) => CHECKS.get(verb)?.(values, parts.clock) ?? {},
    waiting: (reader) => decisionsWaiting(parts.db, reader),
    takesMessage: async (text, asker) => !isStranger(asker) && (await meaning(parts, text, asker)) !== undefined,
    awaitsFiles: async (given, asker) => !isStranger(asker) && awaitsTable(parts, given, asker),
    takeFiles: (given, asker) => takeTable(parts, given, asker),
    async respond(request, asker) {
      if (isStranger(asker)) return say(MEMBERS_ONLY);
      return respond(parts, request, asker);
    },
  };
}

/** The register is for members of the organisation, where nobody else reads along. An auditor who is a guest reads it too. */
function isStranger({ audience }: Asker): boolean {
  return audience.guidanceOnly;
}

const MEMBERS_ONLY = notice(
  'The register of AI systems is shown to members of the organisation, where nobody else reads along. Ask somebody who works there.',
);

const UNKNOWN = notice('That button no longer leads anywhere. `/aims systems` lists the AI systems of the register.');

async function respond(parts: RegisterParts, request: Request, asker: Asker): Promise<Outcome> {
  switch (request.kind) {
    case 'message':
      return answer(parts, request.text, asker);
    case 'command':
      return command(parts, request.text.trim(), asker);
    case 'action': {
      const intent = /^about-(.*)$/.exec(request.verb)?.[1] as Intent | undefined;
      if (intent) return chosen(parts, intent, request.argument, asker);
      return ACTIONS.get(request.verb)?.(parts, request.argument, asker) ?? say(UNKNOWN);
    }
    case 'form':
      return FORMS.get(request.verb)?.(parts, request.argument, request.values, asker) ?? say(UNKNOWN);
  }
}

async function command(parts: RegisterParts, text: string, asker: Asker): Promise<Outcome> {
  const [first = '', ...rest] = text.split(/\s+/);
  const key = parseSystemKey(first);
  if (key !== undefined) return one(parts, key, rest, asker);
  if (/^import$/i.test(text)) return askForTable(asker);
  if (/^export$/i.test(first)) return offerRegister(parts, rest.join(' '), asker);
  if (/^models?$/i.test(text)) return say(await componentList(parts.db, 'model'));
  if (/^(ai )?features?$/i.test(text)) return say(await componentList(parts.db, 'feature'));
  const query = await queryOf(parts, text, asker);
  if (text === '' || query.words.length > 0) return say(await systemList(parts.db, query));
  const named = systemsNamedIn(text, await systemNames(parts.db));
  if (named.length > 0) return say(await aboutOne(parts.db, named, 'about', text, asker));
  return say(
    notice(
      'I found nothing to filter by. Try a name, a key such as AIS-3, or words such as *in use*, *high risk*, *health data*, ' +
        '*no owner* or *review due*.',
    ),
  );
}

/** `AIS-3 history`, `AIS-3 compare 1 2` */
async function one(parts: RegisterParts, id: number, words: readonly string[], asker: Asker): Promise<Outcome> {
  const [verb = 'show', from = '', to = ''] = words;
  if (verb.toLowerCase() === 'compare' && from && to) {
    return withSystem(parts, String(id), (system) => compare(parts.db, system, Number(from), Number(to)));
  }
  const handler = ACTIONS.get(verb.toLowerCase());
  const byId = ['show', 'answers', 'proposal', 'history', 'compare', 'change', 'link'];
  if (!handler || !byId.includes(verb.toLowerCase())) {
    return say(notice('After the key you can say *answers*, *proposal*, *history*, *compare* or *change*.'));
  }
  return handler(parts, String(id), asker);
}

/** What a message asks of the register; undefined where it asks something else. */
async function meaning(
  parts: RegisterParts,
  text: string,
  asker: Asker,
): Promise<
  | { readonly query: SystemQuery }
  | { readonly about: ReturnType<typeof systemsNamedIn>; readonly intent: Intent }
  | undefined
> {
  const query = mayAskForSystems(text) ? await queryOf(parts, text, asker) : undefined;
  if (query && asksForSystems(text, query)) return { query };
  const hasKey = /\bAIS-\d{1,15}\b/i.test(text);
  const intent = intentOf(text) ?? (hasKey ? 'about' : undefined);
  if (!intent) return undefined;
  const about = systemsNamedIn(text, await systemNames(parts.db));
  return about.length > 0 || hasKey ? { about, intent } : undefined;
}

async function answer(parts: RegisterParts, text: string, asker: Asker): Promise<Outcome> {
  const meant = await meaning(parts, text, asker);
  if (!meant) return command(parts, text, asker);
  if ('query' in meant) return say(await systemList(parts.db, meant.query));
  return say(await aboutOne(parts.db, meant.about, meant.intent, text, asker));
}

async function chosen(parts: RegisterParts, intent: Intent, argument: string, asker: Asker): Promise<Outcome> {
  const end = argument.indexOf(' ');
  const id = Number(argument.slice(0, end));
  return say(await aboutOne(parts.db, [{ id, name: '' }], intent, argument.slice(end + 1), asker));
}

async function queryOf({ db, clock }: RegisterParts, text: string, { person }: Asker): Promise<SystemQuery> {
  return readQuery(text, { asker: person.id, owners: await ownersOf(db), today: clock.today() });
}

async function submitFilter(
  parts: RegisterParts,
  _argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkFilterForm(values));
  if (faults.length > 0) return say(notice(faults.join(' ')));
  const userId = values['owner'];
  const owner = userId ? await parts.people.identify({ ...asker.sender, userId }) : undefined;
  return say(await systemList(parts.db, filterFrom(values, owner, parts.clock.today())));
}

async function submitCompare(parts: RegisterParts, id: string, { from = '', to = '' }: FormValues): Promise<Outcome> {
  return withSystem(parts, id, (system) => compare(parts.db, system, Number(from), Number(to)));
}

async function withSystem(
  { db }: RegisterParts,
  id: string,
  show: (system: AiSystem) => Promise<Parameters<typeof say>[0]>,
): Promise<Outcome> {
  const system = /^\d{1,15}$/.test(id) ? await readSystem(db, Number(id)) : undefined;
  if (!system || system.state === 'discarded') {
    return say(notice('That is not in the register. `/aims systems` lists what is.'));
  }
  return say(await show(system));
}
