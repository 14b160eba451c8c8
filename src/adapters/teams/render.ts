import type { PartLimits } from '../../chat/parts.ts';
import type { AnswerReply, Block, Citation, NoticeReply, Reply } from '../../chat/reply.ts';
import { literally, plainText, replyAsText } from '../../chat/text.ts';
import type { Entity, OutgoingActivity } from './activity.ts';
import { actionSets, cardOf, cut, formCard, noticeCard } from './card.ts';

const MAX_CITATIONS = 20;
const MAX_CITATION_NAME = 80;
const MAX_CITATION_ABSTRACT = 160;
const MAX_SOURCE = 200;
const MAX_SUMMARY = 250;

/**
 * Teams takes 100 KB a message. These keep it under 80, also where each character needs three bytes and each button carries as
 * much as one can.
 */
export const LIMITS: PartLimits = {
  characters: 7_000,
  blocks: 40,
  rows: 40,
  columns: 6,
  heading: 300,
  actions: 6,
  citations: MAX_CITATIONS,
};

/** A part of a reply as an activity. */
export function renderActivity(reply: Reply): OutgoingActivity {
  const summary = cut(replyAsText(reply), MAX_SUMMARY);
  switch (reply.kind) {
    case 'answer':
      return { ...answerActivity(reply), summary };
    case 'notice':
      return { ...noticeActivity(reply), summary };
    case 'form':
      return { type: 'message', summary, attachments: [attach(formCard(reply.form))] };
  }
}

function answerActivity(reply: AnswerReply): OutgoingActivity {
  const { text, citations, feedback } = reply;
  const sources = citations.map(
    ({ id, title }, index) => `[${index + 1}] ${literally(cut(`${id} ${title}`, MAX_SOURCE))}`,
  );
  return {
    ...textActivity([text, sources.join('\n\n')].filter(Boolean).join('\n\n')),
    ...buttons(reply.actions),
    entities: [aiMessage(citations)],
    ...(feedback ? { channelData: { feedbackLoop: { type: 'custom' } } } : {}),
  };
}

/** What is prose is an ordinary message; tables and the like need a card. */
function noticeActivity({ blocks, actions }: NoticeReply): OutgoingActivity {
  const prose = blocks.map(asProse);
  return prose.every((text) => text !== undefined) && prose.length > 0
    ? { ...textActivity(prose.join('\n\n')), ...buttons(actions) }
    : { type: 'message', attachments: [attach(noticeCard(blocks, actions))] };
}

function asProse(block: Block): string | undefined {
  if (block.kind === 'text') return block.text;
  return block.kind === 'heading' ? `**${block.text}**` : undefined;
}

function textActivity(text: string): OutgoingActivity {
  return { type: 'message', textFormat: 'markdown', text };
}

function buttons(actions: Parameters<typeof actionSets>[0]): Pick<OutgoingActivity, 'attachments'> {
  return actions.length > 0 ? { attachments: [attach(cardOf(actionSets(actions)))] } : {};
}

/** Labels the message as made by AI, and carries its citations. There may be one such entity. */
function aiMessage(citations: readonly Citation[]): Entity {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    citation: citations.slice(0, MAX_CITATIONS).map(({ id, title, excerpt }, index) => ({
      '@type': 'Claim',
      position: index + 1,
      appearance: {
        '@type': 'DigitalDocument',
        name: cut(`${id} ${title}`, MAX_CITATION_NAME),
        abstract: cut(plainText(excerpt), MAX_CITATION_ABSTRACT),
      },
    })),
  };
}

function attach(content: object) {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}
