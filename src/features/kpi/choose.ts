import { actionId } from '../../chat/action-id.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import { kpiOf } from '../../records/kpi/catalogue.ts';
import { quarterBefore, quarterOf } from '../../records/kpi/quarter.ts';
import type { Standing } from '../../records/kpi/standing.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { showOne } from './about-one.ts';
import { enterForm } from './enter.ts';
import type { KpiParts } from './kpi.ts';
import { NOT_FOR_YOU, standingsFor } from './overview.ts';
import { mayEnter } from './rights.ts';

/** Quarters that can be looked back on. */
const QUARTERS = 4;

/** Chooses the KPI to be shown, and as of when. */
export async function chooseForm(parts: KpiParts, _argument: string, asker: Asker): Promise<Outcome> {
  const standings = await standingsFor(parts, asker);
  if (standings.length === 0) return say(NOT_FOR_YOU);
  const quarters = [quarterBefore(quarterOf(parts.clock.today()))];
  while (quarters.length < QUARTERS) quarters.push(...quarters.slice(-1).map(quarterBefore));
  return say({
    kind: 'form',
    form: {
      id: actionId('kpi', 'choose'),
      title: 'Show a KPI',
      intro: 'With its value, its formula and the records behind it.',
      submitLabel: 'Show',
      inputs: [
        kpiInput(standings),
        {
          kind: 'select',
          name: 'when',
          label: 'As of',
          optional: true,
          options: [
            { value: 'now', label: 'Now' },
            ...quarters.map(({ key }) => ({ value: key, label: `The end of ${key}` })),
          ],
        },
      ],
    },
  });
}

/** Chooses the KPI of which a value is to be entered. */
export async function chooseEntryForm(parts: KpiParts, _argument: string, asker: Asker): Promise<Outcome> {
  const standings = (await standingsFor(parts, asker)).filter((standing) => mayEnter(asker, standing));
  if (standings.length === 0) return say(NOT_FOR_YOU);
  return say({
    kind: 'form',
    form: {
      id: actionId('kpi', 'choose-entry'),
      title: 'Enter a value',
      intro: 'Of which KPI?',
      submitLabel: 'Next',
      opensForm: true,
      inputs: [kpiInput(standings)],
    },
  });
}

function kpiInput(standings: readonly Standing[]) {
  const options = standings.map(({ kpi }) => ({ value: kpi.id as string, label: kpi.name }));
  return { kind: 'select', name: 'kpi', label: 'KPI', optional: false, options } as const;
}

export function checkChooseForm({ kpi = '' }: FormValues): FormErrors {
  return kpiOf(kpi) ? {} : { kpi: 'Choose one.' };
}

export async function submitChooseForm(
  parts: KpiParts,
  _argument: string,
  { kpi = '', when = '' }: FormValues,
  asker: Asker,
): Promise<Outcome> {
  return showOne(parts, when && when !== 'now' ? `${kpi}.${when}` : kpi, asker);
}

export async function submitChooseEntryForm(
  parts: KpiParts,
  _argument: string,
  { kpi = '' }: FormValues,
  asker: Asker,
): Promise<Outcome> {
  return enterForm(parts, kpi, asker);
}

/** Which of several KPIs is meant. */
export function whichOne(standings: readonly Standing[], when: string): Reply {
  return {
    kind: 'notice',
    blocks: [{ kind: 'text', text: 'Which KPI do you mean?' }],
    actions: standings.slice(0, 5).map(({ kpi }) => ({
      id: actionId('kpi', 'show', when ? `${kpi.id}.${when}` : kpi.id),
      label: kpi.name,
    })),
  };
}
