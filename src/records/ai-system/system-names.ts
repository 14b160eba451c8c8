import type { Db } from '../../database/database.ts';

/** A system as people may mean it. */
export interface NamedSystem {
  readonly id: number;
  readonly name: string;
}

/** The names of all systems that were not discarded, by number. */
export async function systemNames(db: Db): Promise<NamedSystem[]> {
  return db
    .selectFrom('ai_system')
    .select(['id', 'name'])
    .where('state', 'in', ['draft', 'submitted', 'sent_back', 'approved', 'retired'])
    .orderBy('id')
    .execute();
}

/** Words that many names and many questions share, and that tell no system from another. */
const COMMON = new Set(
  `a an the our my your this that for of in on at to and or with by from is are ai ki ml system systems tool tools app software
   model models service services platform data risk risks impact assessment policy control controls management review audit
   evidence register role roles committee owner incident standard new internal project use who what which may can i we it`.split(
    /\s+/,
  ),
);

/** Systems that a text names, the best named first: by their key, by their whole name, or by a word that tells it from others. */
export function systemsNamedIn(text: string, systems: readonly NamedSystem[]): NamedSystem[] {
  const keys = [...text.matchAll(/\bAIS-(\d{1,15})\b/gi)].map(([, id]) => Number(id));
  if (keys.length > 0) return systems.filter(({ id }) => keys.includes(id));
  const said = plain(text);
  const whole = systems.filter(({ name }) => ` ${said} `.includes(` ${plain(name)} `));
  if (whole.length > 0) return whole;
  const words = new Set(said.split(' '));
  const scored = systems.map((system) => {
    const own = plain(system.name)
      .split(' ')
      .filter((word) => word.length > 1 && !COMMON.has(word));
    const found = own.filter((word) => words.has(word) || words.has(`${word}s`));
    return { system, score: own.length === 0 ? 0 : found.length / own.length };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ system }) => system);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/['’]s\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
