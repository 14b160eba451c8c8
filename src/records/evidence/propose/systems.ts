import type { DocumentPassage } from '../../../documents/document.ts';
import type { Mapping } from '../evidence.ts';

/** An AI system of the register. */
export interface NamedSystem {
  /** AIS-12. */
  readonly id: string;
  readonly name: string;
}

/** Names that stand in many a text by chance. */
const MIN_NAME = 3;

/** The AI systems that a document names, by number or by name. */
export function proposeSystems(
  title: string,
  passages: readonly DocumentPassage[],
  systems: readonly NamedSystem[],
): Mapping[] {
  const text = [title, ...passages.map((passage) => passage.text)].join('\n');
  return systems.flatMap(({ id, name }) => {
    if (names(text, id)) return [{ id, reason: `names ${id}` }];
    return name.length >= MIN_NAME && names(text, name) ? [{ id, reason: `names ${name}` }] : [];
  });
}

function names(text: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}-])${literal}(?![\\p{L}\\p{N}])`, 'u').test(text);
}
