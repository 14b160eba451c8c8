import type { Section } from '../standard/guidance-page.ts';

/** What a question wants to know, and the sections of a page that tell it. */
const KINDS: readonly { readonly pattern: RegExp; readonly sections: readonly Section[] }[] = [
  { pattern: /\b(who|whose|whom|owner|responsible|accountable)\b/i, sections: ['Who'] },
  {
    pattern: /\b(evidence|proof|prove|records?|documents?|paper ?trail|show (the|an) auditor)\b/i,
    sections: ['Evidence'],
  },
  { pattern: /\b(how often|when|frequency|every (year|month)|annual(ly)?|deadline)\b/i, sections: ['How often'] },
  { pattern: /\b(auditors?|audit) .*\b(ask|want|look|check)/i, sections: ['What an auditor asks'] },
  { pattern: /\b(mistakes?|wrong|pitfalls?|avoid)\b/i, sections: ['Common mistakes'] },
  { pattern: /\b(how (do|can|should|to)|steps?|where (do|to) (we|i)? ?start)\b/i, sections: ['What to do'] },
  { pattern: /\b(why|what for|point of|reason)\b/i, sections: ['Why'] },
  {
    pattern: /\b(what (is|are|does|do)|meaning|mean|define|definition|explain)\b/i,
    sections: ['In short', 'What it asks'],
  },
];

/** The sections that fit the kind of question best; none where it shows no kind. */
export function sectionsFor(question: string): readonly Section[] {
  return KINDS.find(({ pattern }) => pattern.test(question))?.sections ?? [];
}
