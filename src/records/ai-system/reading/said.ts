/** What was said about a system, by what it tells of. */
export interface Said {
  /** What it does, with its name. */
  readonly purpose: string;
  /** Who uses it and whom it touches. */
  readonly people: string;
  /** Whom it touches alone. */
  readonly touched: string;
  /** What comes out, and who decides. */
  readonly result: string;
  /** Where it comes from, and its data. */
  readonly other: string;
}
