import type { EvidenceItem } from '../evidence/evidence.ts';
import { safeFileName } from '../evidence/file-name.ts';

/** An item in the package: all that it was until the package's moment. */
export interface PackageItem {
  /** As it was at the package's moment. */
  readonly item: EvidenceItem;
  /** The first one first. */
  readonly versions: readonly EvidenceItem[];
}

/** @param versions of all items, those of one item in their order */
export function asPackageItems(versions: readonly EvidenceItem[]): PackageItem[] {
  return [...Map.groupBy(versions, ({ key }) => key).values()].flatMap((group) => {
    const item = group.at(-1);
    return item ? [{ item, versions: group }] : [];
  });
}

/** The files of an item, each once, with the path that it has in the package. */
export function filesOf({ versions }: PackageItem): { readonly path: string; readonly version: EvidenceItem }[] {
  const byNumber = new Map(versions.map((version) => [version.number, version]));
  return [...byNumber.values()].map((version) => ({ path: pathOf(version), version }));
}

/** Letters that every program unpacks alike; the index shows the name as it came. */
export function pathOf({ key, number, file }: EvidenceItem): string {
  const name = safeFileName(
    file.name
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]/g, '_')
      .replace(/_+/g, '_'),
  );
  return `evidence/${key}/v${number}/${name.replace(/[^\w. ()-]/g, '_')}`;
}
