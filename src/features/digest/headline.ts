import type { Situation } from '../../records/digest/situation.ts';
import { counted } from './words.ts';

/** What a language model, or a template, says at the head of a digest. Plain text. */
export interface Headline {
  /** One sentence. */
  readonly headline: string;
  readonly comment: string | undefined;
}

/** Says in one sentence what matters most, without a language model. */
export function templateHeadline(situation: Situation): Headline {
  const { kpis, decisions, overdue, lapsing, questions, systems } = situation;
  const missed = kpis.filter(({ isMet }) => isMet === false).length;
  const slipping = kpis.find(({ isMet, isBetter }) => isMet === false && isBetter === false);
  const clauses = [
    decisions.total > 0
      ? `${counted(decisions.total, 'decision').toLowerCase()} ${decisions.total === 1 ? 'waits' : 'wait'}`
      : '',
    overdue.total > 0
      ? `${counted(overdue.total, 'action').toLowerCase()} ${overdue.total === 1 ? 'is' : 'are'} late`
      : '',
    slipping ? `${slipping.name.toLowerCase()} is slipping` : '',
    missed > 0 && !slipping
      ? `${counted(missed, 'target').toLowerCase()} ${missed === 1 ? 'is missed' : 'are missed'}`
      : '',
    lapsing.total > 0
      ? `${counted(lapsing.total, 'item').toLowerCase()} of evidence ${lapsing.total === 1 ? 'lapses' : 'lapse'} soon`
      : '',
    questions.total > 0
      ? `${counted(questions.total, 'question').toLowerCase()} ${questions.total === 1 ? 'waits' : 'wait'} for an answer`
      : '',
  ].filter(Boolean);
  if (clauses.length > 0) return { headline: asSentence(clauses.slice(0, 2).join('; ')), comment: undefined };
  // A count is zero where nothing is on record; a share is not measured then.
  const measured = kpis.filter(({ unit, value }) => unit === 'share' && value !== null);
  const isEmpty = systems.added.total + systems.changed.total + measured.length === 0;
  return {
    headline: isEmpty
      ? 'There is little on record yet: register the first AI system with /aims register.'
      : 'Nothing waits for a decision and nothing is late.',
    comment: undefined,
  };
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
