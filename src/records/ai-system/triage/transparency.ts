import { type Facts, isKnown, says, UNKNOWN } from '../facts.ts';
import { APPLIES } from './dates.ts';
import type { Finding } from './eu-ai-act.ts';
import type { Missing, Provision } from './proposal.ts';

/** Article 50: what people are to be told, on top of whatever else applies. */
export function transparency(facts: Facts): Finding {
  const provisions: Provision[] = [];
  const open: Missing[] = [];
  const add = (article: string, because: string, ...from: Provision['from']) =>
    provisions.push({
      ...{ tier: 'limited', article, because, from },
      ...(article === 'Art. 50(2)' && isOlder(facts) ? APPLIES.markingByOlderSystems : APPLIES.transparency),
    });
  if (says(facts, 'talks', 'outside')) {
    add('Art. 50(1)', 'people outside talk or write with it, and have to know that it is AI', 'talks');
  }
  if (says(facts, 'synthetic', 'media')) {
    add('Art. 50(2)', 'it makes images, audio or video, whose maker has to mark them', 'synthetic', 'inUseSince');
  }
  if (says(facts, 'synthetic', 'deepfake')) {
    add('Art. 50(4)', 'it makes content that looks or sounds real, which has to be disclosed', 'synthetic');
  }
  if (says(facts, 'synthetic', 'public_text')) {
    const because =
      'its texts inform the public; that has to be disclosed unless a person has reviewed and answers for them';
    add('Art. 50(4)', because, 'synthetic');
  }
  if (says(facts, 'synthetic', 'other_text') && says(facts, 'offered', 'own_name', 'other_name')) {
    add(
      'Art. 50(2)',
      'we offer something that writes text, and its maker has to mark the text',
      'synthetic',
      'offered',
      'inUseSince',
    );
  }
  if (says(facts, 'listedUse', 'emotions', 'biometric_sorting')) {
    add('Art. 50(3)', 'it reads emotions or sorts people by their body, and they have to know', 'listedUse');
  }
  if (!isKnown(facts, 'talks')) {
    open.push({ fact: 'talks', why: 'Whoever talks with AI has to know it.', couldBe: 'limited' });
  }
  if (facts.synthetic === UNKNOWN || (facts.synthetic === undefined && !canMakeNothing(facts))) {
    open.push({ fact: 'synthetic', why: 'Made content may have to be marked.', couldBe: 'limited' });
  }
  if (says(facts, 'synthetic', 'other_text') && !isKnown(facts, 'offered')) {
    open.push({ fact: 'offered', why: 'Whoever offers what writes text has to mark the text.', couldBe: 'limited' });
  }
  return { provisions, open };
}

function isOlder({ inUseSince }: Facts): boolean {
  return inUseSince !== undefined && inUseSince !== UNKNOWN && inUseSince < APPLIES.transparency.appliesFrom;
}

/** What comes out is known, and is nothing that could be taken for a person's work. */
function canMakeNothing(facts: Facts): boolean {
  return isKnown(facts, 'output') && !says(facts, 'output', 'text', 'images');
}
