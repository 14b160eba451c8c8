/** What was read from a file. */
export interface ParsedDocument {
  /** By its content, not by its name. */
  readonly mediaType: string;
  /** In reading order; empty for images, and for scans without text. */
  readonly passages: readonly DocumentPassage[];
  /** It holds more text than is kept for search. */
  readonly isTextCut: boolean;
}

/** A part of a document that can be cited by itself. */
export interface DocumentPassage {
  /** Where it stands, as people would say it: `Page 3`, `Sheet Risks`, `Slide 4`, `Lines 1-40`, or its first heading. */
  readonly section: string;
  /** The headings below, from the outer one to the inner one: `Data > Sources`. */
  readonly heading: string | undefined;
  /** Plain text. Paragraphs have an empty line between them. */
  readonly text: string;
}

/** A paragraph, list item or row, as a parser hands it on. */
export type TextBlock = DocumentPassage;

export type UnreadableReason =
  | 'empty'
  | 'too-large'
  | 'wrong-type'
  | 'encrypted'
  | 'damaged'
  | 'bomb'
  | 'slow'
  | 'memory';

/** A file cannot be taken. */
export class UnreadableDocument extends Error {
  override name = 'UnreadableDocument';
  readonly reason: UnreadableReason;

  /** @param options with a sentence in place of the usual one */
  constructor(reason: UnreadableReason, options: ErrorOptions & { readonly sentence?: string } = {}) {
    super(options.sentence ?? SENTENCES[reason], options);
    this.reason = reason;
  }
}

/** What is wrong, as a sentence that begins behind the file's name: `Q3 report.pdf: it is protected ...`. */
const SENTENCES: Readonly<Record<UnreadableReason, string>> = {
  empty: 'It is empty.',
  'too-large': 'It is too large.',
  'wrong-type': 'I cannot read files of its type. Send PDF, Word, PowerPoint, Excel, HTML, Markdown, text or an image.',
  encrypted: 'It is protected with a password. Send it without one.',
  damaged: 'It is damaged or cut off: its content does not fit its type. Open it, save it anew and send that.',
  bomb: 'It unpacks to far more than a document holds, so I did not open it.',
  slow: 'Reading it took too long, so I stopped. Send it in parts, or as text.',
  memory: 'Reading it took too much memory, so I stopped. Send it in parts, or as text.',
};
