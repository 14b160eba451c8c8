import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { People } from '../../people/people.ts';
import { systemNames } from '../../records/ai-system/system-names.ts';
import { type EvidenceItem, parseEvidenceKey } from '../../records/evidence/evidence.ts';
import { type Asker, type Command, type Feature, type FileTaker, type Outcome, type Request, say } from '../feature.ts';
import { ADD_FORM, addLink, checkAddForm, linkIn, submitAddForm } from './add-text.ts';
import { type Asked, whatIsAsked } from './asked.ts';
import { checkReason } from './changeable.ts';
import { changesCard } from './changes-card.ts';
import { coverageCard, missingCard } from './coverage-card.ts';
import { asNew, asVersion, checkDraftForm, discard, draftForm, keep, keepAll, submitDraftForm } from './draft.ts';
import { checkFactsForm } from './facts-form.ts';
import type { FileDesk } from './file-desk.ts';
import {
  checkHandOverAllForm,
  checkHandOverForm,
  handOverAllForm,
  handOverForm,
  submitHandOverAllForm,
  submitHandOverForm,
} from './hand-over.ts';
import { itemCard, versionsCard } from './item-card.ts';
import { checkFilterForm, filterForm, listByWords, listFrom, submitFilterForm } from './list.ts';
import { manageCard } from './manage-card.ts';
import { GONE, itemFor, MEMBERS_ADD } from './read.ts';
import { checkReadershipForm, readershipForm, submitReadershipForm } from './readership-form.ts';
import { checkRenewForm, renewForm, submitRenewForm } from './renew.ts';
import { reviseForm, submitReviseForm } from './revise.ts';
import { takeFiles } from './take-files.ts';
import { takeThread } from './thread.ts';
import { evidenceWaiting } from './waiting.ts';
import { submitWithdrawForm, withdrawForm } from './withdraw.ts';

export interface EvidenceParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly people: People;
  readonly desk: FileDesk;
}

export const EVIDENCE_COMMANDS: readonly Command[] = [
  {
    name: 'evidence',
    usage: '[EV-n | add | A.7.4 | AIS-n | kind | stale | missing | coverage]',
    summary: 'lists the evidence that you may see, or shows one item',
    formArguments: ['add', 'hand over'],
  },
];

type Handler = (parts: EvidenceParts, argument: string, asker: Asker) => Promise<Outcome>;

const ACTIONS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['list', listFrom],
  ['filter', async () => say(filterForm())],
  ['show', (parts, key, asker) => withItem(parts, key, asker, (item) => itemCard(parts, item, asker))],
  ['versions', (parts, key, asker) => withItem(parts, key, asker, (item) => versionsCard(parts, item, asker))],
  ['manage', manageCard],
  ['renew', renewForm],
  ['revise', reviseForm],
  ['readership', readershipForm],
  ['hand-over', handOverForm],
  ['hand-over-all', handOverAllForm],
  ['withdraw', withdrawForm],
  ['coverage', async (parts, which, asker) => say(await coverageCard(parts, which, asker))],
  [
    'add',
    async (_parts, _argument, { person }) =>
      say(person.standing === 'member' ? { kind: 'form', form: ADD_FORM } : MEMBERS_ADD),
  ],
  ['keep', keep],
  ['keep-all', keepAll],
  ['draft', draftForm],
  ['as-new', asNew],
  ['as-version', asVersion],
  ['discard', discard],
  ['missing', async (parts, _argument, asker) => say(await missingCard(parts, asker))],
]);

type FormHandler = (parts: EvidenceParts, argument: string, values: FormValues, asker: Asker) => Promise<Outcome>;

const FORMS: ReadonlyMap<string, FormHandler> = new Map<string, FormHandler>([
  ['filter', submitFilterForm],
  ['add', submitAddForm],
  ['draft', submitDraftForm],
  ['renew', submitRenewForm],
  ['revise', submitReviseForm],
  ['readership', submitReadershipForm],
  ['hand-over', submitHandOverForm],
  ['hand-over-all', submitHandOverAllForm],
  ['withdraw', submitWithdrawForm],
]);

const CHECKS: ReadonlyMap<string, (values: FormValues, clock: Clock) => FormErrors> = new Map([
  ['filter', checkFilterForm],
  ['add', checkAddForm],
  ['draft', checkDraftForm],
  ['renew', checkRenewForm],
  ['revise', checkFactsForm],
  ['readership', checkReadershipForm],
  ['hand-over', checkHandOverForm],
  ['hand-over-all', checkHandOverAllForm],
  ['withdraw', checkReason],
]);

/** The organisation's evidence: adds it, lists and shows it to those who may see it, and keeps it current. */
export function evidenceFeature(parts: EvidenceParts): Feature & FileTaker {
  return {
    name: 'evidence',
    commands: EVIDENCE_COMMANDS,
    checkForm: (verb, values) => CHECKS.get(verb)?.(values, parts.clock) ?? {},
    takesMessage: async (text, { conversation, person, audience }) =>
      (conversation.kind === 'direct' && person.standing === 'member' && linkIn(text) !== undefined) ||
      (!audience.guidanceOnly && (await askedOf(parts, text)) !== undefined),
    takeThread: async (place, asker) =>
      asker.audience.guidanceOnly ? say(MEMBERS_ONLY) : takeThread(parts, place, asker),
    waiting: (reader) => evidenceWaiting(parts, reader),
    takeFiles: async (given, asker) =>
      asker.audience.guidanceOnly ? say(MEMBERS_ONLY) : takeFiles(parts, given, asker),
    async respond(request, asker) {
      if (asker.audience.guidanceOnly) return say(MEMBERS_ONLY);
      return respond(parts, request, asker);
    },
  };
}

const MEMBERS_ONLY = notice(
  'Evidence is shown to members of the organisation, where nobody else reads along. Ask somebody who works there.',
);

const UNKNOWN = notice('That button no longer leads anywhere. `/aims evidence` lists what there is.');

async function respond(parts: EvidenceParts, request: Request, asker: Asker): Promise<Outcome> {
  switch (request.kind) {
    case 'message': {
      const link = linkIn(request.text);
      if (link && asker.conversation.kind === 'direct') return addLink(parts, link, asker);
      const asked = await askedOf(parts, request.text);
      return asked ? tell(parts, asked, asker) : command(parts, request.text.trim(), asker);
    }
    case 'command':
      return command(parts, request.text.trim(), asker);
    case 'action':
      return ACTIONS.get(request.verb)?.(parts, request.argument, asker) ?? say(UNKNOWN);
    case 'form':
      return FORMS.get(request.verb)?.(parts, request.argument, request.values, asker) ?? say(UNKNOWN);
  }
}

async function askedOf({ db }: EvidenceParts, text: string): Promise<Asked | undefined> {
  return MAY_BE_ASKED.test(text) ? whatIsAsked(text, await systemNames(db)) : undefined;
}

/** Questions that the tables may answer have one of these words. */
const MAY_BE_ASKED =
  /\b(evidence|proof|art[ei]facts?|stale|expired|lapsed|outdated|out of date|valid|laps\w+|expir\w+|kinds?|since)\b/i;

async function tell(parts: EvidenceParts, asked: Asked, asker: Asker): Promise<Outcome> {
  switch (asked.kind) {
    case 'list':
      return listByWords(parts, asked.words, asker);
    case 'missing':
      return say(await missingCard(parts, asker, asked.system));
    case 'changes':
      return say(await changesCard(parts, asked.since, asker));
  }
}

async function command(parts: EvidenceParts, text: string, asker: Asker): Promise<Outcome> {
  const [first = '', ...rest] = text.toLowerCase().split(/\s+/);
  if (parseEvidenceKey(first)) {
    const verb = rest[0] === 'versions' ? 'versions' : 'show';
    return ACTIONS.get(verb)?.(parts, first, asker) ?? say(UNKNOWN);
  }
  if (first === 'add') {
    const { conversation, address } = asker;
    // What is said in a thread of a channel with this is about that thread.
    const isThread = conversation.kind === 'channel' && address.thread !== address.conversation;
    return isThread ? takeThread(parts, address, asker) : (ACTIONS.get('add')?.(parts, '', asker) ?? say(UNKNOWN));
  }
  if (text.toLowerCase() === 'hand over') return handOverAllForm(parts, '', asker);
  if (first === 'coverage' || first === 'missing') {
    return ACTIONS.get(first)?.(parts, rest[0] ?? '', asker) ?? say(UNKNOWN);
  }
  return listByWords(parts, text, asker);
}

async function withItem(
  parts: EvidenceParts,
  key: string,
  asker: Asker,
  show: (item: EvidenceItem) => Promise<Reply>,
): Promise<Outcome> {
  const item = await itemFor(parts, key, asker);
  return say(item ? await show(item) : GONE);
}
