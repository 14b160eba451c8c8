/** A passage that search found: a part of a document that can be understood by itself. */
export interface Passage {
  readonly chunkId: number;
  /** What people call the document: A.6.2.8, statement-of-applicability, EV-48. */
  readonly documentKey: string;
  /** The `document_version` it stands in. */
  readonly versionId: number;
  /** Guidance is Steward's own; everything else belongs to the organisation. */
  readonly kind: 'guidance' | 'evidence' | 'reviewed_answer';
  /** The document's title; of a reviewed answer, who reviewed it and when. */
  readonly title: string;
  /** The file it was read from, relative to the project, where it came from one. */
  readonly path: string | undefined;
  /** The keys of the documents that its document is about: a page on corrective action explains 10.2. */
  readonly explains: readonly string[];
  /** The last day on which it speaks for today, YYYY-MM-DD; null where it has none. Evidence that is past it is stale. */
  readonly validUntil: string | null;
  readonly section: string;
  readonly headingPath: string;
  /** Markdown. */
  readonly body: string;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}
