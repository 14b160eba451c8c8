/** People of the example organisation, by what they do in it; but for a name, all are ids. */
export interface People {
  readonly lead: string;
  readonly leadName: string;
  readonly chair: string;
  readonly member: string;
  /** Whoever owns AI systems and evidence; the first is Jon Reyes. */
  readonly owners: readonly string[];
  /** Everybody, for questions. */
  readonly everybody: readonly string[];
}
