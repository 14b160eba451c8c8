import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads } from '../../downloads/downloads.ts';
import type { People } from '../../people/people.ts';
import { parseReviewKey } from '../../records/kpi/reviews.ts';
import { type Asker, type Command, type Feature, type Outcome, type Request, say } from '../feature.ts';
import { showOne, showSnapshot } from './about-one.ts';
import { checkChooseForm, chooseEntryForm, chooseForm, submitChooseEntryForm, submitChooseForm } from './choose.ts';
import { checkEnterForm, enterForm, submitEnterForm } from './enter.ts';
import { dueList, NOT_FOR_YOU } from './overview.ts';
import { aboutKpi, asksForKpi } from './question.ts';
import {
  callForm,
  checkCallForm,
  checkRecordForm,
  recordForm,
  reviewList,
  showReview,
  submitCallForm,
  submitRecordForm,
} from './review.ts';
import { offerReviews } from './review-files.ts';
import { checkSettingsForm, settingsForm, submitSettingsForm } from './settings-form.ts';
import { kpisWaiting } from './waiting.ts';
import { ALL_BUTTON } from './words.ts';

export interface KpiParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly people: People;
  readonly downloads: Downloads;
}

export const KPI_COMMANDS: readonly Command[] = [
  {
    name: 'kpi',
    usage: '[NAME] [2026-Q3] [due | review | export]',
    summary: 'shows the committee its KPIs, or why one has its value; owners enter values there',
  },
];

type Handler = (parts: KpiParts, argument: string, asker: Asker) => Promise<Outcome>;

const ACTIONS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['show', showOne],
  ['snapshot', showSnapshot],
  ['enter', enterForm],
  ['change', settingsForm],
  ['choose', chooseForm],
  ['choose-entry', chooseEntryForm],
  ['reviews', reviewList],
  ['review', showReview],
  ['call', callForm],
  ['record', recordForm],
  ['export', offerReviews],
]);

type FormHandler = (parts: KpiParts, argument: string, values: FormValues, asker: Asker) => Promise<Outcome>;

const FORMS: ReadonlyMap<string, FormHandler> = new Map<string, FormHandler>([
  ['enter', submitEnterForm],
  ['change', submitSettingsForm],
  ['choose', submitChooseForm],
  ['choose-entry', submitChooseEntryForm],
  ['call', submitCallForm],
  ['record', submitRecordForm],
]);

const CHECKS: ReadonlyMap<string, (values: FormValues, clock: Clock) => FormErrors> = new Map([
  ['enter', checkEnterForm],
  ['change', checkSettingsForm],
  ['choose', checkChooseForm],
  ['choose-entry', checkChooseForm],
  ['call', checkCallForm],
  ['record', checkRecordForm],
]);

/** The KPIs of the AI management system: what they are, why, and who enters what no record tells. */
export function kpiFeature(parts: KpiParts): Feature {
  return {
    name: 'kpi',
    commands: KPI_COMMANDS,
    checkForm: (verb, values) => CHECKS.get(verb)?.(values, parts.clock) ?? {},
    waiting: (reader) => kpisWaiting(parts, reader),
    takesMessage: async (text, asker) => !asker.audience.guidanceOnly && asksForKpi(text),
    async respond(request, asker) {
      if (asker.audience.guidanceOnly) return say(NOT_FOR_YOU);
      return respond(parts, request, asker);
    },
  };
}

const UNKNOWN = notice('That button no longer leads anywhere. `/aims kpi` shows the KPIs.', ALL_BUTTON);

async function respond(parts: KpiParts, request: Request, asker: Asker): Promise<Outcome> {
  switch (request.kind) {
    case 'message':
      return aboutKpi(parts, request.text, asker);
    case 'command':
      return command(parts, request.text.trim(), asker);
    case 'action':
      return ACTIONS.get(request.verb)?.(parts, request.argument, asker) ?? say(UNKNOWN);
    case 'form':
      return FORMS.get(request.verb)?.(parts, request.argument, request.values, asker) ?? say(UNKNOWN);
  }
}

async function command(parts: KpiParts, text: string, asker: Asker): Promise<Outcome> {
  const [first = '', second = ''] = text.toLowerCase().split(/\s+/);
  const review = parseReviewKey(first) ?? parseReviewKey(second);
  if (review !== undefined) return showReview(parts, String(review), asker);
  if (first === 'due') return dueList(parts, asker);
  if (first === 'review' || first === 'reviews') return reviewList(parts, '', asker);
  if (first === 'export') return offerReviews(parts, second, asker);
  return aboutKpi(parts, text, asker);
}
