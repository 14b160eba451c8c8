import { distance } from 'fastest-levenshtein';
import type { Db } from '../../database/database.ts';
import { tokensOf } from '../../retrieval/terms.ts';
import type { SystemState } from './ai-system.ts';

/** What is said of a system that may be in the register already. */
export interface Described {
  readonly name: string;
  readonly vendor: string | undefined;
  readonly purpose: string | undefined;
}

/** A system that looks like the same one. */
export interface LikelyDuplicate {
  readonly id: number;
  readonly name: string;
  readonly state: SystemState;
  readonly alike: 'same name' | 'similar name' | 'same vendor and similar purpose' | 'similar purpose';
}

/** Words that two purposes share, of those that either has. Half says that people described one thing twice. */
const SIMILAR_PURPOSE = 0.5;
const SIMILAR_PURPOSE_OF_ONE_VENDOR = 0.25;

/** The systems that look like one described, the likeliest first. @param except a system's id */
export async function likelyDuplicates(db: Db, described: Described, except?: number): Promise<LikelyDuplicate[]> {
  const rows = await db
    .selectFrom('ai_system')
    .select(['id', 'name', 'state', 'content'])
    .where('state', 'in', ['draft', 'submitted', 'sent_back', 'approved'])
    .orderBy('id')
    .execute();
  const others = rows
    .filter(({ id }) => id !== except)
    .map(({ content, ...row }) => {
      const { texts, facts } = content as { texts: { I1?: string }; facts: { vendor?: string } };
      return { ...row, purpose: texts.I1, vendor: facts.vendor };
    });
  const purposes = await wordsOf(db, [described.purpose, ...others.map(({ purpose }) => purpose)]);
  return others
    .flatMap((other, index) => {
      const shared = overlap(purposes[0] ?? new Set(), purposes[index + 1] ?? new Set());
      const alike = alikeness(described, other, shared);
      return alike ? { id: other.id, name: other.name, state: other.state as SystemState, alike } : [];
    })
    .sort((one, other) => ORDER.indexOf(one.alike) - ORDER.indexOf(other.alike));
}

const ORDER: readonly LikelyDuplicate['alike'][] = [
  'same name',
  'similar name',
  'same vendor and similar purpose',
  'similar purpose',
];

function alikeness(one: Described, other: Described, shared: number): LikelyDuplicate['alike'] | undefined {
  const [name, otherName] = [plain(one.name), plain(other.name)];
  if (name === otherName) return 'same name';
  if (name && otherName && distance(name, otherName) <= Math.floor(Math.min(name.length, otherName.length) / 5)) {
    return 'similar name';
  }
  const isSameVendor = one.vendor !== undefined && plain(one.vendor) === plain(other.vendor ?? '');
  if (isSameVendor && shared >= SIMILAR_PURPOSE_OF_ONE_VENDOR) return 'same vendor and similar purpose';
  return shared >= SIMILAR_PURPOSE ? 'similar purpose' : undefined;
}

async function wordsOf(db: Db, texts: readonly (string | undefined)[]): Promise<Set<string>[]> {
  const tokens = await tokensOf(
    db,
    texts.map((text) => text ?? ''),
  );
  return tokens.map((some) => new Set(some.map(({ term }) => term)));
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const either = new Set([...one, ...other]).size;
  return either === 0 ? 0 : [...one].filter((word) => other.has(word)).length / either;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
