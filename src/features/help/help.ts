import { actionId } from '../../chat/action-id.ts';
import type { Action, NoticeReply, Reply } from '../../chat/reply.ts';
import { SUGGESTED_QUESTIONS } from '../../chat/suggested-questions.ts';
import { type Command, type Feature, say } from '../feature.ts';

export const HELP_COMMANDS: readonly Command[] = [{ name: 'help', usage: '', summary: 'shows this list' }];

/** What Steward can do, and how to ask for it. @param commands all there are */
export function helpFeature(commands: readonly Command[]): Feature {
  return {
    name: 'help',
    commands: HELP_COMMANDS,
    async home() {
      return welcome();
    },
    async respond() {
      return say(overview(commands));
    },
  };
}

const WHAT_I_DO =
  'I help your organisation get ready for ISO/IEC 42001, the standard for managing AI responsibly. Ask me in your own words; I ' +
  'answer from guidance and from your stored evidence, with the sources. I quote no standard and give no legal advice.';

function welcome(): NoticeReply {
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'What I can do' },
      { kind: 'text', text: `${WHAT_I_DO} In a channel, mention me; what you write to me directly nobody else sees.` },
    ],
    actions: [...examples(), { id: actionId('command', 'run', 'help'), label: 'Everything there is' }],
  };
}

function overview(commands: readonly Command[]): Reply {
  return {
    kind: 'notice',
    blocks: [
      { kind: 'text', text: WHAT_I_DO },
      {
        kind: 'text',
        text: commands
          .map(({ name, usage, summary }) => `- \`/aims ${[name, usage].filter(Boolean).join(' ')}\` ${summary}`)
          .join('\n'),
      },
      { kind: 'text', text: 'For example:' },
    ],
    actions: examples(),
  };
}

function examples(): Action[] {
  return SUGGESTED_QUESTIONS.map((question) => ({
    id: actionId('command', 'run', `ask ${question}`),
    label: question,
  }));
}
