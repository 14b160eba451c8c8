import { actionId } from '../../chat/action-id.ts';
import type { Action } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Kpi } from '../../records/kpi/catalogue.ts';
import type { Figure, Frequency, KpiSettings } from '../../records/kpi/kpi.ts';
import type { Standing } from '../../records/kpi/standing.ts';
import { isBetter, meetsTarget } from '../../records/kpi/trend.ts';
import { changeInWords, valueInWords } from '../kpi-words.ts';

export const NOT_MEASURED = 'not measured yet';

export const FREQUENCY_NAMES: Readonly<Record<Frequency, string>> = {
  weekly: 'Every week',
  monthly: 'Every month',
  quarterly: 'Every quarter',
  never: 'Never: we do without it',
};

export function figureInWords({ unit }: Kpi, { value }: Pick<Figure, 'value'>): string {
  return value === undefined ? NOT_MEASURED : valueInWords(unit, value);
}

/** `95 %`, `at most 5 days`; empty where there is none. */
export function targetInWords({ unit, direction }: Kpi, target: number | undefined): string {
  if (target === undefined) return '';
  const value = valueInWords(unit, target);
  return direction === 'down' && target > 0 ? `at most ${value}` : value;
}

/** `+3`, or nothing where there is nothing to compare with. */
export function changeOf({ kpi, change }: Standing): string {
  return change === undefined ? '' : changeInWords(kpi.unit, change);
}

/** Whether a change is for the better, in a word; empty where it is neither. */
export function judgedChange({ kpi, change }: Standing): string {
  const better = change === undefined ? undefined : isBetter(kpi.direction, change);
  return better === undefined ? '' : better ? ', better' : ', worse';
}

export function isMissed({ kpi, settings, current }: Standing): boolean {
  return meetsTarget(kpi.direction, current.value, settings.target) === false;
}

/** Who answers for it, as Markdown. */
export function ownerInWords({ owner }: KpiSettings): string {
  return owner ? literally(owner.name) : 'the compliance lead';
}

export function whyButton({ kpi, current }: Standing): Action {
  const value = current.value === undefined ? '' : `: why ${valueInWords(kpi.unit, current.value)}?`;
  return { id: actionId('kpi', 'show', kpi.id), label: `${kpi.name}${value}` };
}

export function enterButton({ id, name }: Kpi): Action {
  return { id: actionId('kpi', 'enter', id), label: `Enter: ${name}`, opensForm: true };
}

export const ALL_BUTTON: Action = { id: actionId('command', 'run', 'kpi'), label: 'All KPIs' };
