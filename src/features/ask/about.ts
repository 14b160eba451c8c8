import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';

/** Characters of a message that somebody asks about, and of the question. */
const MAX_MESSAGE = 3_000;
const MAX_QUESTION = 1_000;

/** Characters of the message that are shown and kept with the answer. */
const MAX_QUOTED = 300;

/** A question about a message that somebody picked. The message is read as text, whatever it says. */
export interface QuestionAbout {
  readonly question: string;
  readonly message: string;
}

/** Asks for the question. */
export function aboutForm(message: string): Reply {
  if (message === '')
    return notice('That message has no words that I can read. Ask me in words what you want to know.');
  return {
    kind: 'form',
    form: {
      id: actionId('ask', 'about'),
      title: 'Ask about a message',
      intro: 'The answer comes to you alone, in our direct messages.',
      submitLabel: 'Ask',
      inputs: [
        {
          kind: 'text',
          name: 'message',
          label: 'The message',
          hint: 'Take out what is not needed to understand the question.',
          multiline: true,
          maxLength: MAX_MESSAGE,
          optional: false,
          initial: message,
        },
        {
          kind: 'text',
          name: 'question',
          label: 'Your question',
          hint: 'For example: what do we have to do before that?',
          multiline: true,
          maxLength: MAX_QUESTION,
          optional: false,
        },
      ],
    },
  };
}

export function checkAboutForm({ message = '', question = '' }: FormValues): FormErrors {
  return { ...fault('message', message, MAX_MESSAGE), ...fault('question', question, MAX_QUESTION) };
}

function fault(input: string, value: string, most: number): FormErrors {
  if (value.trim() === '') return { [input]: 'Write at least a few words.' };
  return value.length > most ? { [input]: `Shorten it to ${most.toLocaleString('en')} characters.` } : {};
}

/** The question with what it is about, as it is kept and passed on. */
export function withMessage({ question, message }: QuestionAbout): string {
  return `${question} (About the message: “${shortened(message, MAX_QUOTED)}”)`;
}

/** Says above an answer what it is about. @param what is quoted: `About the message` */
export function aboveAnswer(reply: Reply, quoted: string, what: string): Reply {
  const text = `*${what}: “${literally(shortened(quoted, MAX_QUOTED))}”*`;
  switch (reply.kind) {
    case 'answer':
      return { ...reply, text: `${text}\n\n${reply.text}` };
    case 'notice':
      return { ...reply, blocks: [{ kind: 'text', text }, ...reply.blocks] };
    case 'form':
      return reply;
  }
}
