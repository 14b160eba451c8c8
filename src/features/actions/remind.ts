import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { type Clock, writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import { holdersOf, questionContact } from '../../people/question-contact.ts';
import { type ActionItem, itemKey } from '../../records/action-item/action-item.ts';
import { type DueReminder, dueReminders, reminderKey } from '../../records/action-item/due-reminders.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { ActionsParts } from './actions.ts';
import { remindButton, showItemButton } from './item-card.ts';
import { findItem } from './refused.ts';
import { itemName } from './telling.ts';
import { dueInWords } from './words.ts';

/** Reminds owners before the day and when it has passed, and tells the compliance lead of what is long late; each once. */
export async function actionReminders(
  db: Db,
  clock: Clock,
): Promise<{ readonly due: readonly DueReminder[]; readonly messages: readonly DirectMessage[] }> {
  const due = await dueReminders(db, clock.today());
  const messages: DirectMessage[] = [];
  for (const reminder of due) messages.push(...(await messagesOf(db, clock, reminder)));
  return { due, messages };
}

async function messagesOf(db: Db, clock: Clock, reminder: DueReminder): Promise<DirectMessage[]> {
  const { item, isOwnerGone, stage } = reminder;
  const key = reminderKey(reminder);
  const toOwner = {
    key: `${key}:${item.owner.id}`,
    person: item.owner.id,
    reply: ownersReply(reminder, clock.today()),
  };
  const own = isOwnerGone ? [] : [toOwner];
  if (stage !== 'escalated' && !isOwnerGone) return own;
  const leads = await leadsFor(db, clock, reminder);
  const reply = leadsReply(reminder, leads.isVacant, clock.today());
  return [...own, ...leads.people.map((person) => ({ key: `${key}:lead:${person}`, person, reply }))];
}

/** Who hears of what is long late: the lead and the deputy; where one of them is late, the committee's chair. */
async function leadsFor(db: Db, clock: Clock, { item, isExample }: DueReminder) {
  const today = clock.today();
  const { people, isVacant } = await questionContact(db, today, isExample);
  const others = people.map(({ id }) => id).filter((id) => id !== item.owner.id);
  const isLeads = others.length < people.length;
  const chairs = isLeads ? await holdersOf(db, 'committee_chair', today, isExample) : [];
  const all = [...others, ...chairs.map(({ id }) => id).filter((id) => id !== item.owner.id)];
  return { people: [...new Set(all)], isVacant };
}

function ownersReply({ item, stage }: DueReminder, today: string): Reply {
  const due =
    stage === 'soon' ? `is due ${writtenDay(item.dueOn)}` : `was due ${dueInWords({ ...item, state: 'open' }, today)}`;
  const known = stage === 'escalated' ? ' The compliance lead is told too.' : '';
  return notice(`${itemName(item)} ${due}.${known}`, ...ownersButtons(item));
}

function ownersButtons({ id }: Pick<ActionItem, 'id'>): Action[] {
  const argument = String(id);
  return [
    { id: actionId('actions', 'done', argument), label: 'Done', style: 'primary' },
    { id: actionId('actions', 'extend', argument), label: 'Extend ...', opensForm: true },
    { id: actionId('actions', 'hand-over', argument), label: 'Hand over ...', opensForm: true },
    showItemButton(id),
  ];
}

function leadsReply({ item, isOwnerGone }: DueReminder, isVacant: boolean, today: string): Reply {
  const name = literally(item.owner.name);
  const due = `due ${dueInWords({ ...item, state: 'open' }, today)}`;
  const why = isOwnerGone ? `${name} has left; somebody else has to do it.` : `It waits for ${name}, who was reminded.`;
  if (isVacant) {
    // Administrators, who fill the role, need not know what it is.
    return notice(`**${itemKey(item.id)}** is ${due}. ${why} Nobody is compliance lead, who would look after it.`, {
      id: actionId('roles', 'give'),
      label: 'Give a role',
      opensForm: true,
    });
  }
  const argument = String(item.id);
  return notice(
    `${itemName(item)} is ${due}. ${why}`,
    ...(isOwnerGone ? [] : [remindButton(item)]),
    { id: actionId('actions', 'extend', argument), label: 'Extend ...', opensForm: true },
    { id: actionId('actions', 'hand-over', argument), label: 'Hand over ...', opensForm: true },
    showItemButton(item.id),
  );
}

/** Somebody reminds the owner: once a day, whoever presses the button. */
export async function remindOwner(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await findItem(parts, argument, asker, 'remind');
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const { person } = asker;
  if (item.owner.id === person.id) return say(notice(`${itemKey(item.id)} is yours.`, ...ownersButtons(item)));
  const today = parts.clock.today();
  const name = literally(item.owner.name);
  const key = `${itemKey(item.id)}:reminded:${today}:${item.owner.id}`;
  return async (change, tell) => {
    // Two who press at once follow one another.
    await change.db.selectFrom('action_item').select('id').where('id', '=', item.id).forUpdate().execute();
    if (await isTold(change.db, key)) {
      return [notice(`${name} was reminded of ${itemKey(item.id)} today already.`, showItemButton(item.id))];
    }
    const said = `${literally(person.displayName)} reminds you: ${itemName(item)}, due ${dueInWords(item, today)}.`;
    tell({ key, person: item.owner.id, reply: notice(said, ...ownersButtons(item)) });
    change.record({ action: 'action-item.reminded', subject: itemKey(item.id), detail: { owner: item.owner.id } });
    return [notice(`${name} is reminded of ${itemKey(item.id)}.`)];
  };
}

async function isTold(db: Db, key: string): Promise<boolean> {
  const sent = await db.selectFrom('outbox').select('id').where('key', '=', key).executeTakeFirst();
  const waiting = await db.selectFrom('waiting_message').select('id').where('key', '=', key).executeTakeFirst();
  return sent !== undefined || waiting !== undefined;
}
