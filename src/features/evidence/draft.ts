import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, NoticeReply, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Person } from '../../people/people.ts';
import { userIdOf } from '../../people/user-id.ts';
import { addEvidence, replaceFile } from '../../records/evidence/change-evidence.ts';
import { lockContent } from '../../records/evidence/content.ts';
import { changeDraft, claimDraft, discardDraft, type EvidenceDraft, readDraft } from '../../records/evidence/draft.ts';
import { type EvidenceFacts, type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import type { Proposal } from '../../records/evidence/propose/proposal.ts';
import { findSameFile, type Reading, readEvidence } from '../../records/evidence/read-evidence.ts';
import { type Asker, type Outcome, say, type Tell } from '../feature.ts';
import { cardOf, draftCard } from './draft-card.ts';
import type { EvidenceParts } from './evidence.ts';
import { checkFactsForm, factsFrom, factsInputs, unknownSystems } from './facts-form.ts';
import { recognised } from './hand-in.ts';
import { proposalFor } from './proposal.ts';
import { GONE, MEMBERS_ADD, privateReading, showButton } from './read.ts';
import { itemName, VISIBILITY_NAMES } from './words.ts';

/** Files that are kept at once. */
const MAX_AT_ONCE = 10;

const DONE = notice(
  'That was kept or discarded already, or it waited for too long. `/aims evidence mine` lists what is yours; to add the file, send it again.',
);

/** Keeps a file as it is proposed: a new item, or a new version of one. */
export function keep(parts: EvidenceParts, id: string, asker: Asker): Promise<Outcome> {
  return keepAll(parts, id, asker);
}

/** Keeps several files at once. @param argument their drafts, with spaces between */
export async function keepAll(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  if (asker.person.standing !== 'member') return say(MEMBERS_ADD);
  const reading = await privateReading(parts, asker);
  return async (change, tell) => {
    const replies: Reply[] = [];
    for (const id of argument.split(' ').slice(0, MAX_AT_ONCE)) {
      replies.push(await keepOne(change, tell, id, { reading, asker }));
    }
    return replies;
  };
}

interface Keeping {
  readonly reading: Reading;
  readonly asker: Asker;
}

async function keepOne(change: Change, tell: Tell, id: string, { reading, asker }: Keeping): Promise<Reply> {
  const { person } = asker;
  const draft = await readDraft(change.db, id, person.id);
  if (!draft) return DONE;
  const { file, replaces } = draft;
  await lockContent(change.db, file.sha256);
  const same = await findSameFile(change.db, file.sha256, reading);
  if (same && same.item.state !== 'withdrawn') return { ...recognised(file.name, same, asker), card: cardOf(id) };
  if (replaces === undefined) return addItem(change, tell, draft, person);
  const item = await readEvidence(change.db, replaces, reading);
  if (!item || item.state === 'withdrawn' || !mayChange(item, person)) return CANNOT_REPLACE;
  return replaceItem(change, tell, draft, item, person);
}

async function addItem(change: Change, tell: Tell, draft: EvidenceDraft, person: Person): Promise<Reply> {
  const { id, file, proposal, owner } = draft;
  if (!(await claimDraft(change.db, id))) return DONE;
  const facts = factsOf(proposal);
  const { visibility } = proposal;
  const { key } = await addEvidence(change, { ...facts, owner: owner.id, visibility, readers: [], file });
  if (owner.id !== person.id) {
    const by = literally(person.displayName);
    const what = itemName({ key, title: facts.title });
    const reply = notice(`${by} added **${what}** and named you its owner.`, showButton({ key }));
    tell({ key: `${key}:owner:${owner.id}`, person: owner.id, reply });
  }
  return recorded(id, key, facts.title, `for ${forWhat(facts)}`);
}

async function replaceItem(
  change: Change,
  tell: Tell,
  { id, file, proposal }: EvidenceDraft,
  item: EvidenceItem,
  person: Person,
): Promise<Reply> {
  if (!(await claimDraft(change.db, id))) return DONE;
  const facts = factsOf(proposal);
  const stored = await replaceFile(change, item, facts, file);
  // Somebody changed it at this very moment: the turn is tried again, and sees that.
  if (!stored) throw new Error(`${item.key} was changed at the same moment.`);
  const { key, number, version } = stored;
  if (item.owner.id !== person.id) {
    const by = literally(person.displayName);
    const what = itemName({ key, title: facts.title });
    const reply = notice(`${by} put a new file, v${number}, into **${what}**.`, showButton({ key }));
    tell({ key: `${key}:replaced:${version}`, person: item.owner.id, reply });
  }
  return recorded(id, key, facts.title, `v${number}`);
}

const CANNOT_REPLACE = notice(
  'The item whose file this was to replace is withdrawn by now, or you may no longer change it. Choose *Keep as new evidence instead*.',
);

function recorded(draft: string, key: string, title: string, more: string): NoticeReply {
  return { ...notice(`Recorded: **${itemName({ key, title })}**, ${more}.`, showButton({ key })), card: cardOf(draft) };
}

function forWhat({ requirements, systems }: EvidenceFacts): string {
  return [...requirements, ...systems].map(({ id }) => id).join(', ') || 'no clause or control yet';
}

function factsOf({ title, kind, requirements, systems, effectiveOn, validUntil }: Proposal): EvidenceFacts {
  return { title, kind, requirements, systems, effectiveOn, validUntil };
}

export async function discard({ db }: EvidenceParts, id: string, { person }: Asker): Promise<Outcome> {
  const draft = await readDraft(db, id, person.id);
  if (!draft) return say(DONE);
  await discardDraft(db, id, person.id);
  const said = `Discarded: *${literally(draft.file.name)}*. Nothing of it is kept. Send it again if you need it after all.`;
  return say({ ...notice(said), card: cardOf(id) });
}

/** Makes a new version an item of its own. */
export function asNew(parts: EvidenceParts, id: string, asker: Asker): Promise<Outcome> {
  return reconsider(parts, id, undefined, asker);
}

/** Makes a file the new version of an item. @param argument `DRAFT.EV-12` */
export function asVersion(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  const [id = '', key = ''] = argument.split('.');
  return reconsider(parts, id, key, asker);
}

async function reconsider(parts: EvidenceParts, id: string, key: string | undefined, asker: Asker): Promise<Outcome> {
  const { db } = parts;
  const { person } = asker;
  const draft = await readDraft(db, id, person.id);
  if (!draft) return say(DONE);
  const reading = await privateReading(parts, asker);
  const item = key === undefined ? undefined : await readEvidence(db, key, reading);
  if (key !== undefined && !(item && item.state !== 'withdrawn' && mayChange(item, person))) return say(GONE);
  const { name, passages } = draft.file;
  const proposal = await proposalFor(parts, { name, passages, said: '' }, item);
  const isChanged = await changeDraft(db, id, person.id, { proposal, replaces: item?.document ?? null });
  const now = isChanged ? await readDraft(db, id, person.id) : undefined;
  return say(now ? await draftCard(parts, now, reading, person) : DONE);
}

/** What is proposed, to be corrected. */
export async function draftForm({ db }: EvidenceParts, id: string, { person, sender }: Asker): Promise<Outcome> {
  const draft = await readDraft(db, id, person.id);
  if (!draft) return say(DONE);
  const owner = await userIdOf(db, draft.owner.id, sender);
  return say({
    kind: 'form',
    form: {
      id: actionId('evidence', 'draft', id),
      title: 'Change the proposal',
      intro: `*${literally(draft.file.name)}* Nothing is kept until you choose *Keep it*.`,
      submitLabel: 'Change',
      inputs: [
        ...factsInputs(factsOf(draft.proposal)),
        // An item that gets a new file keeps both.
        ...(draft.replaces === undefined
          ? [
              {
                kind: 'person' as const,
                name: 'owner',
                label: 'Owner',
                optional: false,
                ...(owner ? { initial: owner } : {}),
              },
              {
                ...({ kind: 'select', name: 'visibility', label: 'Who may see it', optional: false } as const),
                options: Object.entries(VISIBILITY_NAMES).map(([value, label]) => ({ value, label })),
                initial: draft.proposal.visibility,
              },
            ]
          : []),
      ],
    },
  });
}

export function checkDraftForm(values: FormValues): FormErrors {
  const { visibility } = values;
  return {
    ...checkFactsForm(values),
    ...(visibility !== undefined && !Object.hasOwn(VISIBILITY_NAMES, visibility)
      ? { visibility: 'Choose who may see it.' }
      : {}),
  };
}

export async function submitDraftForm(
  parts: EvidenceParts,
  id: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const { db } = parts;
  const { person } = asker;
  const faults = Object.values(checkDraftForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const draft = await readDraft(db, id, person.id);
  if (!draft) return say(DONE);
  const changed = await changeFrom(parts, draft, values, asker);
  if ('refusal' in changed) return say(changed.refusal);
  const isChanged = await changeDraft(db, id, person.id, changed);
  const now = isChanged ? await readDraft(db, id, person.id) : undefined;
  return say(now ? await draftCard(parts, now, await privateReading(parts, asker), person) : DONE);
}

async function changeFrom(
  { db, people }: EvidenceParts,
  { id, proposal, owner: before }: EvidenceDraft,
  values: FormValues,
  { sender }: Asker,
): Promise<{ readonly proposal: Proposal; readonly owner: string } | { readonly refusal: Reply }> {
  const again = { id: actionId('evidence', 'draft', id), label: 'Change ...', opensForm: true as const };
  const facts = factsFrom(values, proposal);
  const unknown = await unknownSystems(db, facts);
  if (unknown.length > 0) {
    return { refusal: notice(`The register has no ${unknown.join(', ')}. Nothing was changed.`, again) };
  }
  const userId = values['owner'];
  const owner = userId ? await people.identify({ ...sender, userId }) : undefined;
  if (owner && owner.standing !== 'member') {
    const who = literally(owner.displayName);
    return {
      refusal: notice(`${who} is no member of the organisation and cannot own evidence. Nothing was changed.`, again),
    };
  }
  const visibility = (values['visibility'] as Proposal['visibility'] | undefined) ?? proposal.visibility;
  return {
    proposal: { ...facts, requirements: [...facts.requirements], systems: [...facts.systems], visibility },
    owner: owner?.id ?? before.id,
  };
}
