/** What people say to a colleague beside their questions, and what a colleague says to that. */
const KINDS: readonly { readonly pattern: RegExp; readonly reply: string }[] = [
  {
    pattern:
      /^(hi|hey|hello|hallo|hiya|moin|servus|bonjour|hola|ciao|guten (tag|morgen)|good (morning|afternoon|evening|day)|nice to meet you)( (there|steward|all|everybody|everyone|team))?$/,
    reply: 'Hello. Ask me anything about ISO/IEC 42001 and about managing AI responsibly, in your own words.',
  },
  {
    pattern:
      /^((ok(ay)?|great|perfect|super|cool|nice) )?((many )?thanks?( you)?|thx|ty|cheers|great|perfect|awesome|super|nice|cool|well done|good (job|bot|answer)|got it|that helps|(very|so) helpful|much appreciated|i love (you|it)|danke( schön| sehr)?|vielen dank|merci( beaucoup)?|gracias|grazie|dank je|obrigad[oa]|tack|takk|dziękuję)( (a lot|so much|very much|steward|for (that|this|your help|the help|the answer)|thanks?( you)?|(that|this) (helps|helped|was (very |really )?helpful)|again|you))*$/,
    reply: 'You are welcome. Ask again when something else comes up.',
  },
  {
    pattern: /^(bye|goodbye|see you|see you later|good night|have a (nice|good) (day|evening|weekend))$/,
    reply: 'Until next time. What you asked stays in this conversation.',
  },
  {
    pattern:
      /^((and )?(what|how) (can|do|could) (you|i) (do|help( me)?( with)?|use you|ask( you)?)( here| for me)?|(can you |please )?help( me)?( please)?|what are you( for)?|who are you|what is steward|how do you work|how does (this|it) work)$/,
    reply:
      'I am Steward, the assistant for ISO/IEC 42001, the standard for managing AI responsibly. I answer questions from guidance in our own words ' +
      'and from what your organisation has on record, with the sources, and I say so when I do not know. `/aims help` lists the rest.',
  },
  {
    pattern:
      /^(are you (a |an |the )?(bot|robot|human|person|ai|machine|real|chatgpt|gpt|llm|language model|chatbot)( person)?|who (made|built|wrote|programmed) you|is (this|that) (a )?(bot|chatgpt|human))$/,
    reply: 'I am a program. What I say comes with its sources, so that you can check it; people decide.',
  },
  {
    pattern:
      /^(no )?((that|this|it) (is|was|s) |that's |thats |it's )?(wrong|incorrect|not (true|right|correct|helpful|what i (asked|meant))|rubbish|nonsense|useless|a bad answer)( answer)?$|^(you|you're|youre|you are) (are )?(wrong|useless|stupid|mistaken|no help|not helpful)$|^(wrong|bad) (answer|bot)$|^i (disagree|do not agree|don't agree)$/,
    reply:
      'Then say what is the matter with it: *Not helpful* under the answer reaches the compliance lead. You can also ask again in other words, or open the ' +
      'source and judge for yourself.',
  },
  {
    pattern: /^(are you (really |quite )?(sure|certain)|really|is (that|this) (true|right|correct))$/,
    reply:
      'Check it: the sources stand under the answer, and a click on one opens the passage. I can pick a wrong passage or misread a question; ' +
      'where it matters, a person decides.',
  },
  {
    pattern:
      /^(ok(ay)?|yes|yep|yeah|no|nope|sure|fine|alright|all right|hm+|aha|i see|understood|lol|haha|never ?mind|no problem|no worries|sorry|test|testing|go on|please)( (ok(ay)?|then|steward|sorry))*$/,
    reply: 'All right. Ask when you want to know something, in a sentence of your own.',
  },
  {
    pattern: /^how are you( doing)?( today)?$/,
    reply: 'At work, thank you. What would you like to know about ISO/IEC 42001?',
  },
];

const THUMBS = /^[\s\p{P}]*[👍🙏👏❤🎉😀😃😄😊🙂💯✅]/u;

/** @returns undefined where it is no small talk */
export function smallTalk(text: string): string | undefined {
  const said = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}\s']/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (said === '') return THUMBS.test(text) ? smallTalk('thanks') : smallTalk('ok');
  return KINDS.find(({ pattern }) => pattern.test(said))?.reply;
}
