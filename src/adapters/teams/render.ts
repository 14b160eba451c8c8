import type { Activity, Attachment, Entity } from 'botbuilder';
import { feedbackButtons } from '../../chat/feedback.ts';
import type { AnswerReply, Citation, Reply } from '../../chat/reply.ts';
import { literally, plainText, replyAsText } from '../../chat/text.ts';
import { actionSets, cardOf, cut, formCard, noticeCard } from './card.ts';

const MAX_ANSWER = 8_000;
const MAX_CITATIONS = 20;
const MAX_CITATION_NAME = 80;
const MAX_CITATION_ABSTRACT = 160;
const MAX_SUMMARY = 250;

/** A reply as an activity, within Teams's limits. */
export function renderActivity(reply: Reply): Partial<Activity> {
  const summary = cut(replyAsText(reply), MAX_SUMMARY);
  switch (reply.kind) {
    case 'answer':
      return { ...answerActivity(reply), summary };
    case 'notice':
      return { type: 'message', summary, attachments: [attach(noticeCard(reply.blocks, reply.actions))] };
    case 'form':
      return { type: 'message', summary, attachments: [attach(formCard(reply.form))] };
  }
}

function answerActivity(reply: AnswerReply): Partial<Activity> {
  const { text, citations } = reply;
  const actions = [...feedbackButtons(reply), ...reply.actions];
  const sources = citations.map(({ id, title }, index) => `[${index + 1}] ${literally(`${id} ${title}`)}`).join('\n\n');
  return {
    type: 'message',
    textFormat: 'markdown',
    text: [cut(text, MAX_ANSWER), sources].filter(Boolean).join('\n\n'),
    entities: [aiMessage(citations)],
    ...(actions.length > 0 ? { attachments: [attach(cardOf(actionSets(actions)))] } : {}),
  };
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

function attach(content: object): Attachment {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}
