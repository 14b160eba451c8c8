import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Form, FormErrors } from '../../chat/reply.ts';
import { cleanText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { UnreadableDocument } from '../../documents/document.ts';
import { safeFileName } from '../../records/evidence/file-name.ts';
import { MAX_TITLE } from '../../records/evidence/propose/title.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { propose, toThemAlone } from './hand-in.ts';
import { MEMBERS_ADD, privateReading } from './read.ts';

const MAX_TEXT = 3_000;
const MAX_LINK = 1_000;

/** What is pasted, or linked, in place of a file. Nothing is fetched from a link: it may lead anywhere. */
export const ADD_FORM: Form = {
  id: actionId('evidence', 'add'),
  title: 'Add evidence',
  intro:
    'Send me files as they are, in a direct message. Here you add what is no file: a link, a decision in a chat, a note. I do not open ' +
    'links; paste what they say, so that it is found and stays when the page changes.',
  submitLabel: 'Go on',
  inputs: [
    { kind: 'text', name: 'title', label: 'Title', multiline: false, maxLength: MAX_TITLE, optional: false },
    {
      ...({
        kind: 'text',
        name: 'link',
        label: 'Link',
        multiline: false,
        maxLength: MAX_LINK,
        optional: true,
      } as const),
      hint: 'https://...',
    },
    { kind: 'text', name: 'text', label: 'Text', multiline: true, maxLength: MAX_TEXT, optional: true },
  ],
};

export function checkAddForm({ title = '', link = '', text = '' }: FormValues): FormErrors {
  return {
    ...(cleanText(title) === '' ? { title: 'Say what it is called.' } : {}),
    ...(title.length > MAX_TITLE ? { title: `Shorten it to ${MAX_TITLE} characters.` } : {}),
    ...(link.trim() !== '' && !asLink(link)
      ? { link: 'Give a whole address that begins with https:// or http://.' }
      : {}),
    ...(link.length > MAX_LINK ? { link: 'Shorten it to 1,000 characters.' } : {}),
    ...(text.length > MAX_TEXT ? { text: 'Shorten it to 3,000 characters, or send it as a file.' } : {}),
    ...(link.trim() === '' && cleanText(text) === '' ? { text: 'Paste the text, or give a link.' } : {}),
  };
}

export async function submitAddForm(
  parts: EvidenceParts,
  _argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkAddForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was added.`));
  const { title = '', link = '', text = '' } = values;
  return addText(parts, { title, link: asLink(link), text }, asker);
}

/** A message that is a link, perhaps with what stands there: `https://wiki.example/policy`, and the text from the next line on. */
export function linkIn(message: string): { readonly link: string; readonly text: string } | undefined {
  const [, first = '', text = ''] = /^(\S+)[^\S\n]*(?:\n([\s\S]*))?$/.exec(message.trim()) ?? [];
  const link = first.length <= MAX_LINK ? asLink(first) : undefined;
  return link === undefined ? undefined : { link, text: text.trim() };
}

export function addLink(
  parts: EvidenceParts,
  { link, text }: { link: string; text: string },
  asker: Asker,
): Promise<Outcome> {
  return addText(parts, { title: titleOf(link), link, text }, asker);
}

interface PastedText {
  readonly title: string;
  readonly link: string | undefined;
  readonly text: string;
}

async function addText(parts: EvidenceParts, { title, link, text }: PastedText, asker: Asker): Promise<Outcome> {
  if (asker.person.standing !== 'member') return say(MEMBERS_ADD);
  const line = title.replace(/\s+/g, ' ').trim();
  const content = [`# ${line}`, ...(link ? [`Link: ${link}`] : []), text].filter(Boolean).join('\n\n');
  const name = `${line.replace(/[\\/]/g, ' ')}.md`;
  return addContent(parts, { name, content, what: 'it' }, asker);
}

/** Proposes a text as evidence, as if it had been a file. */
export async function addContent(
  parts: EvidenceParts,
  { name, content, what }: { readonly name: string; readonly content: string; readonly what: string },
  asker: Asker,
): Promise<Outcome> {
  const reading = await privateReading(parts, asker);
  try {
    const taken = await asker.whileWaiting(() => parts.desk.read(Buffer.from(content)));
    return toThemAlone([await propose(parts, safeFileName(name), taken, { said: '', reading, asker })], what, asker);
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    return say(notice(`I can't take that. ${error.message}`));
  }
}

/** @returns undefined for what is no address of a page, or has a password in it */
function asLink(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.href;
}

/** The end of an address as words: `policy-2026` of `https://wiki.example/x/policy-2026`. */
function titleOf(link: string): string {
  const { hostname, pathname } = new URL(link);
  const last = pathname.split('/').filter(Boolean).at(-1) ?? '';
  const words = decoded(last)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[-_+]+/g, ' ')
    .trim();
  return (words ? `${words.charAt(0).toUpperCase()}${words.slice(1)} (${hostname})` : hostname)
    .slice(0, MAX_TITLE)
    .toWellFormed();
}

function decoded(text: string): string {
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    return text;
  }
}
