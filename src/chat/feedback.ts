import type { Action, AnswerReply } from './reply.ts';

/** An answer's feedback as ordinary buttons, for platforms that have none of their own for it. */
export function feedbackButtons({ feedback }: AnswerReply): Action[] {
  if (!feedback) return [];
  return [
    { id: feedback.helpful, label: 'Helpful' },
    { id: feedback.unhelpful, label: 'Not helpful', opensForm: true },
  ];
}
