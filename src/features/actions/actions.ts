import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads } from '../../downloads/downloads.ts';
import type { People } from '../../people/people.ts';
import { parseItemKey } from '../../records/action-item/action-item.ts';
import { parseDecisionKey } from '../../records/decision/decision.ts';
import { type Asker, type Command, type Feature, type Outcome, type Request, say } from '../feature.ts';
import {
  aboutFilter,
  checkDecideForm,
  decideForm,
  decisionList,
  showDecision,
  submitDecideForm,
  submitWithdrawDecision,
  withdrawDecisionForm,
} from './decisions.ts';
import {
  changeForm,
  checkDeed,
  extendForm,
  finish,
  handOverForm,
  reopenForm,
  submitDeed,
  withdrawForm,
} from './deeds.ts';
import { ACTION_ITEMS_FILE, DECISIONS_FILE, offerFile } from './export.ts';
import { checkReason } from './forms.ts';
import { historyCard, itemCard, moreCard } from './item-card.ts';
import { checkFilterForm, filterForm, itemList, queryFrom, readItemQuery } from './list.ts';
import { checkMakeForm, makeForm, parseSource, submitMakeForm, threadOf } from './make.ts';
import { findItem } from './refused.ts';
import { remindOwner } from './remind.ts';
import { itemsWaiting } from './waiting.ts';

export interface ActionsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly people: People;
  readonly downloads: Downloads;
}

export const ACTIONS_COMMANDS: readonly Command[] = [
  {
    name: 'actions',
    usage: '[ACT-n | add | late | mine | done | AIS-n | export]',
    summary: 'lists what is to be done, by whom and by when, and notes more of it, also in a thread',
    formArguments: ['add'],
  },
  {
    name: 'decisions',
    usage: '[DEC-n | add | AIS-n | export]',
    summary: 'lists what was decided, and by whom; the compliance lead and the committee record it',
    formArguments: ['add'],
    isRare: true,
  },
];

type Handler = (parts: ActionsParts, argument: string, asker: Asker) => Promise<Outcome>;

const ACTIONS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['show', show],
  ['history', showHistory],
  ['more', showMore],
  ['done', (parts, argument, asker) => finish(parts, argument, asker)],
  ['extend', extendForm],
  ['hand-over', handOverForm],
  ['withdraw', withdrawForm],
  ['reopen', reopenForm],
  ['change', changeForm],
  ['remind', remindOwner],
  ['filter', async () => say(filterForm())],
  ['new', (parts, argument, asker) => makeForm(parts, { text: '', source: parseSource(argument) }, asker)],
  ['note', noteMessage],
  ['decide', decideForm],
  ['decision', showDecision],
  ['withdraw-decision', withdrawDecisionForm],
]);

type FormHandler = (parts: ActionsParts, argument: string, values: FormValues, asker: Asker) => Promise<Outcome>;

const DEEDS = ['extend', 'hand-over', 'withdraw', 'reopen', 'change'] as const;

const FORMS: ReadonlyMap<string, FormHandler> = new Map<string, FormHandler>([
  ...DEEDS.map((deed): [string, FormHandler] => [
    deed,
    (parts, argument, values, asker) => submitDeed(parts, deed, argument, values, asker),
  ]),
  ['new', submitMakeForm],
  ['note', (parts, argument, values, asker) => submitMakeForm(parts, argument.split('\n')[0] ?? '', values, asker)],
  ['filter', submitFilter],
  ['decide', submitDecideForm],
  ['withdraw-decision', submitWithdrawDecision],
]);

/** What is to be done and what was decided: notes it, shows it to those who may see it, and sees to it that it is done. */
export function actionsFeature(parts: ActionsParts): Feature {
  return {
    name: 'actions',
    commands: ACTIONS_COMMANDS,
    checkForm: (verb, values) => checkForm(verb, values, parts.clock.today()),
    waiting: (reader) => itemsWaiting(parts.db, reader),
    takesMessage: async (text) => parseItemKey(text) !== undefined || parseDecisionKey(text) !== undefined,
    async respond(request, asker) {
      if (asker.audience.guidanceOnly) return say(MEMBERS_ONLY);
      return respond(parts, request, asker);
    },
  };
}

const MEMBERS_ONLY = notice(
  'Action items and decisions are shown to members of the organisation, where nobody else reads along. Ask somebody who works there.',
);

const UNKNOWN = notice('That button no longer leads anywhere. `/aims actions` lists what is to be done.');

function checkForm(verb: string, values: FormValues, today: string): FormErrors {
  switch (verb) {
    case 'new':
    case 'note':
      return checkMakeForm(values, today);
    case 'filter':
      return checkFilterForm(values);
    case 'decide':
      return checkDecideForm(values, today);
    case 'withdraw-decision':
      return checkReason(values, true);
    default:
      return checkDeed(verb, values, today);
  }
}

async function respond(parts: ActionsParts, request: Request, asker: Asker): Promise<Outcome> {
  switch (request.kind) {
    case 'message':
      return parseDecisionKey(request.text) === undefined
        ? itemsCommand(parts, request.text.trim(), asker)
        : decisionsCommand(parts, request.text.trim(), asker);
    case 'command':
      return request.name === 'decisions'
        ? decisionsCommand(parts, request.text.trim(), asker)
        : itemsCommand(parts, request.text.trim(), asker);
    case 'action':
      return ACTIONS.get(request.verb)?.(parts, request.argument, asker) ?? say(UNKNOWN);
    case 'form':
      return FORMS.get(request.verb)?.(parts, request.argument, request.values, asker) ?? say(UNKNOWN);
  }
}

/** Verbs that can follow an item's key. */
const AFTER_KEY = ['show', 'history', 'done', 'extend', 'hand-over', 'withdraw', 'reopen', 'change', 'remind'];

async function itemsCommand(parts: ActionsParts, text: string, asker: Asker): Promise<Outcome> {
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  const id = parseItemKey(first);
  if (id !== undefined) return one(parts, String(id), rest, asker);
  switch (first.toLowerCase()) {
    case 'add':
      return makeForm(parts, { text: rest, source: threadOf(asker) }, asker);
    case 'export':
      return offerFile(parts, ACTION_ITEMS_FILE, 'The action items that you may see, open and closed.', asker);
  }
  const query = readItemQuery(text, asker.person.id, parts.clock.today());
  if (query) return say(await itemList(parts, query, asker));
  return say(
    notice(
      'I did not understand that. Try `/aims actions`, a key such as ACT-3, *add*, or words to filter by: *mine*, *late*, *soon*, ' +
        '*done*, *all*, AIS-3.',
    ),
  );
}

/** `ACT-3 done The report is in EV-48` */
async function one(parts: ActionsParts, id: string, text: string, asker: Asker): Promise<Outcome> {
  const [, verb = '', note = ''] = /^(\S*)\s*(.*)$/s.exec(text.replace(/^hand over/i, 'hand-over')) ?? [];
  const name = verb.toLowerCase() || 'show';
  if (name === 'done') return finish(parts, id, asker, note || undefined);
  if (AFTER_KEY.includes(name)) return ACTIONS.get(name)?.(parts, id, asker) ?? say(UNKNOWN);
  return say(
    notice(
      'After the key you can say *done*, *extend*, *hand over*, *remind*, *change*, *withdraw*, *reopen* or *history*.',
    ),
  );
}

async function decisionsCommand(parts: ActionsParts, text: string, asker: Asker): Promise<Outcome> {
  const id = parseDecisionKey(text);
  if (id !== undefined) return showDecision(parts, String(id), asker);
  switch (text.toLowerCase()) {
    case '':
      return say(await decisionList(parts, {}, asker));
    case 'add': {
      const thread = threadOf(asker);
      return decideForm(parts, thread ? `${thread.kind} ${thread.ref}` : '', asker);
    }
    case 'export':
      return offerFile(parts, DECISIONS_FILE, 'The decisions that you may see, with who took part.', asker);
  }
  const filter = aboutFilter(text);
  if (filter) return say(await decisionList(parts, filter, asker));
  return say(
    notice('I did not understand that. Try `/aims decisions`, a key such as DEC-3 or AIS-3, *add* or *export*.'),
  );
}

async function show(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await findItem(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  return say(itemCard(found.item, asker.person, { today: parts.clock.today() }));
}

async function showHistory(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await findItem(parts, argument, asker);
  return say('refusal' in found ? found.refusal : await historyCard(parts.db, found.item));
}

async function showMore(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await findItem(parts, argument, asker);
  return say('refusal' in found ? found.refusal : moreCard(found.item, asker.person, found.target.card));
}

/** A message that somebody picked: where it was said, on the first line, and what. */
async function noteMessage(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const [place = '', ...text] = argument.split('\n');
  return makeForm(parts, { text: text.join('\n'), source: parseSource(place) }, asker);
}

async function submitFilter(
  parts: ActionsParts,
  _argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkFilterForm(values));
  if (faults.length > 0) return say(notice(faults.join(' ')));
  const userId = values['owner'];
  const owner = userId ? await parts.people.identify({ ...asker.sender, userId }) : undefined;
  return say(await itemList(parts, queryFrom(values, owner, parts.clock.today()), asker));
}
