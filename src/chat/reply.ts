import type { Sender } from './turn.ts';

/**
 * A reply: what Steward says, in the words of no platform. Each adapter has one pure renderer that turns it into the
 * platform's own blocks and keeps to its limits. Everything in a reply is JSON, because the outbox keeps it until it is sent.
 *
 * Texts are Markdown of a small kind: paragraphs, lists, **bold**, *italic*, `code`. Text that comes from a person, a file
 * or a model goes through `literally` first, so that it can neither mention nor link nor format anything.
 */
export type Reply = AnswerReply | NoticeReply | FormReply;

/** An answer to a question, with its sources. */
export interface AnswerReply {
  readonly kind: 'answer';
  /** Markdown. Citation marks are `[1]`, counted as in `citations`. */
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly feedback?: Feedback;
  readonly actions: readonly Action[];
}

/** Whether an answer helped, as the two buttons that say so: `feature:verb:argument` each. */
export interface Feedback {
  readonly helpful: string;
  /** Leads to a form, in which the person says why. */
  readonly unhelpful: string;
}

/** Anything else Steward says: a list, a confirmation, a fault. */
export interface NoticeReply {
  readonly kind: 'notice';
  /** Names what the notice is about. It takes the place of the last notice of that name in the conversation. */
  readonly card?: string;
  readonly blocks: readonly Block[];
  readonly actions: readonly Action[];
}

/** Asks a person to fill in a form. */
export interface FormReply {
  readonly kind: 'form';
  readonly form: Form;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | ChartBlock
  | MentionsBlock;

/** Lines over time. A table beside it says the same in text. */
export interface ChartBlock {
  readonly kind: 'chart';
  /** Plain text, as are all texts of a chart. */
  readonly title: string;
  /** Of the moments, the oldest first; each series has a value for each of them. Twenty at most, all different. */
  readonly labels: readonly string[];
  /** Six at most, with names that differ. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly unit: string;
}

/** A list of which each line is for somebody, whom the platform tells of it where it can. */
export interface MentionsBlock {
  readonly kind: 'mentions';
  readonly lines: readonly Mention[];
}

export interface Mention {
  /** Plain text. */
  readonly name: string;
  /** Their account, where they are to be told. On every other platform, and without one, it is a name like any other. */
  readonly user?: Sender;
  /** What it is, in Markdown. */
  readonly text: string;
}

export interface Citation {
  /** What people call the source: A.6.2.8, EV-48. */
  readonly id: string;
  readonly title: string;
  /** The passage in a few words, for platforms that show it beside the citation. */
  readonly excerpt: string;
}

/** A button. */
export interface Action {
  /** `feature:verb:argument`; see `actionId`. */
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  /** Pressing it leads to a form, so that an adapter can open an empty one while the form is being made. */
  readonly opensForm?: true;
  /** Pressing it leads to something to read, which an adapter may show beside the conversation. */
  readonly opensPage?: true;
  /** Pressing it opens this address in the browser, and nothing else happens; see `Downloads`. */
  readonly link?: string;
}

export interface Form {
  /** `feature:verb:argument`, as of a button; submitting it comes back under this name. */
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly inputs: readonly Input[];
  readonly submitLabel: string;
  /** Submitting it leads to another form, so that an adapter can keep its window open meanwhile. */
  readonly opensForm?: true;
}

export type Input = InputBase &
  (
    | { readonly kind: 'text'; readonly multiline: boolean; readonly maxLength: number }
    | { readonly kind: 'select'; readonly options: readonly { readonly value: string; readonly label: string }[] }
    /** Any number of its options; the value is theirs with commas between. Options' values have no commas. */
    | { readonly kind: 'choices'; readonly options: readonly { readonly value: string; readonly label: string }[] }
    /** Its value is a user id of the platform. */
    | { readonly kind: 'person' }
    /** Its value is YYYY-MM-DD. */
    | { readonly kind: 'date' }
  );

interface InputBase {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional: boolean;
  readonly initial?: string;
}

/** What went wrong with a submitted form: a sentence for each faulty input, under the input's name. */
export type FormErrors = Readonly<Record<string, string>>;
