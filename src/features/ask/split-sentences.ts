import { ofLanguage } from './number-words.ts';

/** A part of a model's answer, in its order. */
export interface Sentence {
  readonly text: string;
  /** An item of a list; the others are sentences of a paragraph. */
  readonly isItem: boolean;
  /** The line it stands in, so that paragraphs stay paragraphs. */
  readonly line: number;
}

const ITEM = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;

/** Marks that a model put behind the full stop. */
const LATE_MARKS = /([.!?…。！？]["'”’»)]*)\s*((?:\[\d[\d,\s]*\]\s*)+)/g;

/** Full stops that end no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.\s?g|i\.\s?e|cf|vs|no|nos|arts?|para|paras|sec|cl|reg|approx|dr|mr|ms|inc|ltd|z\.\s?b|d\.\s?h|u\.\s?a|bzw|ca|nr|abs|ziff|kap|p\.\s?ex|ej|núm)\.\s*$/i;

/** Takes an answer apart. Citation marks stand before the full stop of their sentence afterwards. */
export function splitSentences(answer: string, language: string): Sentence[] {
  const segmenter = new Intl.Segmenter(/^[a-z]{2}$/.test(language) ? language : 'en', { granularity: 'sentence' });
  return answer.split(/\n+/).flatMap((written, line) => {
    const isItem = ITEM.test(written);
    const content = written
      .replace(ITEM, '')
      .replace(/^\s*#+\s+/, '')
      .replace(LATE_MARKS, (_whole, stop: string, marks: string) => ` ${marks.trim()}${stop} `);
    const parts = [...segmenter.segment(content)].map(({ segment }) => segment);
    return joinAbbreviations(parts, language)
      .map((text) => text.trim())
      .filter(Boolean)
      .map((text) => ({ text, isItem, line }));
  });
}

function joinAbbreviations(parts: readonly string[], language: string): string[] {
  const { months } = ofLanguage(language);
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const word = /^\p{L}+/u.exec(part)?.[0].toLowerCase() ?? '';
    const goesOn = before && (ABBREVIATION.test(before) || (/\b\d{1,2}\.\s*$/.test(before) && months.has(word)));
    if (goesOn) joined[joined.length - 1] = before + part;
    else joined.push(part);
  }
  return joined;
}
