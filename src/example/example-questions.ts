/** What people of the example organisation ask, and what became of it. */
export interface ExampleQuestion {
  readonly question: string;
  readonly answer: string;
  /** The nearest page. */
  readonly topic: string;
  readonly isDeclined: boolean;
}

const answered = (question: string, topic: string, answer: string): ExampleQuestion => ({
  question,
  topic,
  answer,
  isDeclined: false,
});

const NOTHING = 'I have nothing on that, neither in the guidance nor in the evidence you may see.';

const declined = (question: string, topic: string): ExampleQuestion => ({
  question,
  topic,
  answer: NOTHING,
  isDeclined: true,
});

export const EXAMPLE_QUESTIONS: readonly ExampleQuestion[] = [
  answered('Who has to sign the AI policy?', '5.2', 'Top management: the people who direct the organisation [1].'),
  answered(
    'How often do we review the policy?',
    'A.2.4',
    'As often as you decide; most organisations take a year [1].',
  ),
  answered('What is an impact assessment?', '6.1.4', 'A look at what an AI system can do to people and society [1].'),
  declined('Is our chatbot vendor insured against AI damages?', 'A.10.3'),
  answered('Where do I report a concern?', 'A.3.3', 'Through the channel for concerns, also without your name [1].'),
  answered('How long do we keep event logs?', 'A.6.2.8', 'As long as you decide; the standard gives no time [1].'),
  answered(
    'Do we need a risk assessment for a spam filter?',
    '6.1.2',
    'By your own criteria, which you set beforehand [1].',
  ),
  answered('What do users have to be told?', 'A.8.2', 'What they need to use it well, its limits included [1].'),
  declined('What does the works council say about the shift planner?', 'A.3.3'),
  answered('Who may stop a system at night?', 'A.3.2', 'Whoever your roles give that power to, with a deputy [1].'),
  answered('What is data quality about?', 'A.7.4', 'Whether the data fit the purpose, by measures that you set [1].'),
  answered('Which suppliers are critical?', 'A.10.3', 'Those on whose AI your own duties depend [1].'),
];

/** What went on to the compliance lead, with the answer where there is one. */
export const EXAMPLE_GAPS: readonly { readonly question: string; readonly topic: string; readonly answer?: string }[] =
  [
    {
      question: 'Is our chatbot vendor insured against AI damages?',
      topic: 'A.10.3',
      answer: 'Yes, up to a sum that is in the contract. Ask legal before you promise anything to customers.',
    },
    {
      question: 'May I put customer mails into the office copilot?',
      topic: 'A.9.2',
      answer: 'Only within our own tenant, and never whole mailboxes. The rules of use say how.',
    },
    {
      question: 'Who pays for an outside bias test?',
      topic: 'A.6.2.4',
      answer: 'The department that owns the system, from the budget for testing.',
    },
    {
      question: 'Do trainees have to do the AI training?',
      topic: '7.2',
      answer: 'Yes, within their first month.',
    },
    { question: 'What does the works council say about the shift planner?', topic: 'A.3.3' },
    { question: 'Which of our tools train on our data?', topic: 'A.7.3' },
    { question: 'May the agency change the model of the chatbot without asking?', topic: 'A.10.2' },
  ];
