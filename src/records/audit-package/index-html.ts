import { structure } from '../../standard/structure.ts';
import { KIND_NAMES } from '../evidence/kinds.ts';
import { type PackageItem, pathOf } from './package-items.ts';

export interface IndexText {
  readonly madeAt: Date;
  /** Lines that say what the package is of. */
  readonly scope: readonly string[];
  /** The number and hash of the last entry of the event log. */
  readonly head: string;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#f0f0f0}code{font-size:.8rem;overflow-wrap:anywhere}`;

/** The index for a browser; it loads nothing. */
export function indexHtml(items: readonly PackageItem[], { madeAt, scope, head }: IndexText): string {
  const lines = [`Made on ${madeAt.toISOString()}`, ...scope, `${items.length} items`, `Event log: ${head}`];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Audit package</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head>
<body>
<h1>Audit package</h1>
<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>
<p>README.txt says how to verify this package with sha256sum and openssl alone.</p>
<h2>By requirement</h2>
${table(['Requirement', 'Title', 'Evidence'], byRequirement(items))}
<h2>Items</h2>
${table(['Item', 'Title', 'Kind', 'State', 'Effective', 'Valid until', 'Owner', 'Requirements', 'AI systems'], items.map(itemRow))}
<h2>Files and versions</h2>
${table(['Item', 'Version', 'Since', 'Until', 'Effective', 'Valid until', 'File', 'Bytes', 'SHA-256'], items.flatMap(versionRows))}
</body>
</html>
`;
}

/** What stands for an item, and why. */
function byRequirement(items: readonly PackageItem[]): string[][] {
  return [...structure.auditableClauses, ...structure.controls].flatMap(({ id, title }) => {
    const fitting = items.flatMap(({ item }) => {
      const mapping = item.requirements.find((one) => one.id === id);
      return mapping ? [`${link(item.key)} ${escaped(item.title)} (${item.state}): ${escaped(mapping.reason)}`] : [];
    });
    return fitting.length > 0 ? [[escaped(id), escaped(title), fitting.join('<br>')]] : [];
  });
}

function itemRow({ item }: PackageItem): string[] {
  const { key, title, kind, state, withdrawnBecause, effectiveOn, validUntil, owner, requirements, systems } = item;
  return [
    `<span id="${escaped(key)}">${escaped(key)}</span>`,
    escaped(title),
    escaped(KIND_NAMES[kind]),
    escaped(withdrawnBecause ? `${state}: ${withdrawnBecause}` : state),
    escaped(effectiveOn ?? ''),
    escaped(validUntil ?? ''),
    escaped(owner.name),
    requirements.map(({ id, reason }) => `${escaped(id)}: ${escaped(reason)}`).join('<br>'),
    systems.map(({ id, reason }) => `${escaped(id)}: ${escaped(reason)}`).join('<br>'),
  ];
}

function versionRows({ versions }: PackageItem): string[][] {
  return versions.map((version) => {
    const { key, number, versionAt, supersededAt, effectiveOn, validUntil, file } = version;
    return [
      link(key),
      `v${number}`,
      versionAt.toISOString(),
      supersededAt?.toISOString() ?? '',
      escaped(effectiveOn ?? ''),
      escaped(validUntil ?? ''),
      `<a href="${escaped(pathOf(version).split('/').map(encodeURIComponent).join('/'))}">${escaped(file.name)}</a>`,
      String(file.size),
      `<code>${escaped(file.sha256)}</code>`,
    ];
  });
}

/** @param rows of cells that are HTML already */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function link(key: string): string {
  return `<a href="#${escaped(key)}">${escaped(key)}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
