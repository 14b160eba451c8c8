import { actionId } from '../../chat/action-id.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Clock } from '../../clock.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import { holdersOf } from '../../people/question-contact.ts';
import { type DueEntry, dueEntries } from '../../records/kpi/due.ts';
import { enterButton } from './words.ts';

/** KPIs of one message that get a button. */
const MAX_BUTTONS = 4;

/** Asks each owner for the values that are due: once for each day on which some fell due. */
export async function kpiReminders(db: Db, clock: Clock): Promise<DirectMessage[]> {
  const today = clock.today();
  const due = await dueEntries(db, today);
  if (due.length === 0) return [];
  const leads = await leadsOf(db, today);
  const asked = due.flatMap((entry) =>
    (entry.settings.owner ? [entry.settings.owner.id] : leads).map((person) => ({ entry, person })),
  );
  const groups = Map.groupBy(asked, ({ entry, person }) => `kpi:due:${entry.since ?? 'first'}:${person}`);
  return [...groups].flatMap(([key, group]) => {
    const [first] = group;
    return first ? [{ key, person: first.person, reply: reminder(group.map(({ entry }) => entry)) }] : [];
  });
}

/** Real people before example people. */
async function leadsOf(db: Db, today: string): Promise<string[]> {
  const real = await holdersOf(db, 'compliance_lead', today, false);
  const leads = real.length > 0 ? real : await holdersOf(db, 'compliance_lead', today, true);
  return leads.map(({ id }) => id);
}

function reminder(due: readonly DueEntry[]): Reply {
  const [first] = due;
  const since = first?.since ? `since ${writtenDay(first.since)}` : 'for the first time';
  const what = due.length === 1 ? 'A KPI is' : `${due.length} KPIs are`;
  return {
    kind: 'notice',
    blocks: [
      {
        kind: 'text',
        text: `${what} to be entered, ${since}: I cannot compute ${due.length === 1 ? 'it' : 'them'} from my own records.`,
      },
      { kind: 'text', text: due.map(({ kpi }) => `- **${kpi.name}**: ${kpi.formula.words}`).join('\n') },
      {
        kind: 'text',
        text: 'What you do not enter is shown as not measured yet. The compliance lead names another owner, or does without one.',
      },
    ],
    actions: [
      ...due.slice(0, MAX_BUTTONS).map(({ kpi }) => enterButton(kpi)),
      ...(due.length > MAX_BUTTONS ? [{ id: actionId('command', 'run', 'kpi due'), label: 'All that are due' }] : []),
    ],
  };
}
