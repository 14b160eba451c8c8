import { actionId } from '../../chat/action-id.ts';
import { type Said, ThreadUnavailable } from '../../chat/channel.ts';
import { notice } from '../../chat/notice.ts';
import { cleanText } from '../../chat/text.ts';
import type { Address } from '../../chat/turn.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { ADD_FORM, addContent } from './add-text.ts';
import type { EvidenceParts } from './evidence.ts';
import { MEMBERS_ADD } from './read.ts';

/** The mention by which somebody asks for it is no part of a thread. */
const WISH = /^(@\S+\s+){0,3}(\/aims\s+)?evidence add$/i;

/** Keeps what was said in a thread, as its text at this moment. */
export async function takeThread(parts: EvidenceParts, place: Address, asker: Asker): Promise<Outcome> {
  if (asker.person.standing !== 'member') return say(MEMBERS_ADD);
  try {
    const all = await asker.whileWaiting(() => parts.desk.thread(place));
    const said = all.filter(({ text }) => !WISH.test(text.trim()));
    if (said.every(({ text }) => text.trim() === '')) return say({ kind: 'form', form: ADD_FORM });
    const content = await asText(parts, said, place);
    const day = (said[0]?.at ?? parts.clock.now()).toISOString().slice(0, 10);
    return addContent(parts, { name: `Chat thread ${day}.md`, content, what: 'the thread' }, asker);
  } catch (error) {
    if (!(error instanceof ThreadUnavailable)) throw error;
    const form = { id: actionId('evidence', 'add'), label: 'Paste it ...', opensForm: true as const };
    return say(notice(`${error.message} You can paste what was said.`, form));
  }
}

async function asText({ people }: EvidenceParts, said: readonly Said[], place: Address): Promise<string> {
  const names = new Map<string, string>();
  const nameOf = async ({ sender }: Said): Promise<string> => {
    if (!sender) return 'An app';
    const known = names.get(sender.userId) ?? (await people.recognise(sender, place)).displayName;
    names.set(sender.userId, known);
    return known;
  };
  const messages: string[] = [];
  for (const one of said) {
    const at = one.at.toISOString().slice(0, 16).replace('T', ' ');
    messages.push(`${await nameOf(one)}, ${at} UTC:\n\n${cleanText(one.text)}`);
  }
  const day = said[0]?.at.toISOString().slice(0, 10) ?? '';
  return [`# Chat thread of ${day}`, ...messages].join('\n\n');
}
