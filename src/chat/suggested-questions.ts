/** Questions to begin with, for whoever sees Steward for the first time. */
export const SUGGESTED_QUESTIONS = [
  'Who has to sign the AI policy?',
  'Do we have to assess the impact of every AI system?',
  'Which event logs does an AI system need?',
  'What happens in a stage 1 audit?',
] as const;
