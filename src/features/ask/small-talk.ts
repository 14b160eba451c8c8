/** What people say to a colleague beside their questions, and what a colleague says to that. */
const KINDS: readonly { readonly pattern: RegExp; readonly reply: string }[] = [
  {
    pattern:
      /^(hi|hey|hello|hallo|hiya|moin|servus|good (morning|afternoon|evening|day))( (there|steward|all|everybody|everyone|team))?$/,
    reply: 'Hello. Ask me anything about ISO/IEC 42001 and about managing AI responsibly, in your own words.',
  },
  {
    pattern:
      /^(ok(ay)? )?((many )?thanks?( you)?|thx|ty|cheers|great|perfect|awesome|super|nice|cool|got it|that helps|very helpful|much appreciated)( (a lot|so much|very much|steward|for (that|your help|the help)|thanks?( you)?|that helps|again))*$/,
    reply: 'You are welcome. Ask again when something else comes up.',
  },
  {
    pattern: /^(bye|goodbye|see you|see you later|good night|have a (nice|good) (day|evening|weekend))$/,
    reply: 'Until next time. What you asked stays in this conversation.',
  },
  {
    pattern:
      /^((and )?(what|how) (can|do|could) (you|i) (do|help( me)?( with)?|use you|ask( you)?)( here| for me)?|help( me)?|what are you( for)?|who are you|what is steward|how do you work|how does (this|it) work)$/,
    reply:
      'I am Steward, the assistant for ISO/IEC 42001, the standard for managing AI responsibly. I answer questions from guidance in our own words ' +
      'and from what your organisation has on record, with the sources, and I say so when I do not know. `/aims help` lists the rest.',
  },
  {
    pattern: /^are you (a |an )?(bot|robot|human|person|ai|machine|real)( person)?$/,
    reply: 'I am a program. What I say comes with its sources, so that you can check it; people decide.',
  },
  {
    pattern: /^how are you( doing)?( today)?$/,
    reply: 'At work, thank you. What would you like to know about ISO/IEC 42001?',
  },
];

/** @returns undefined where it is no small talk */
export function smallTalk(text: string): string | undefined {
  const said = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s']/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return KINDS.find(({ pattern }) => pattern.test(said))?.reply;
}
