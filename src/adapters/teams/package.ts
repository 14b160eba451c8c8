import { readFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { refuseInvalid, type TeamsManifestParts, teamsManifest } from './manifest.ts';

/**
 * The app package that Teams takes: a zip file of the manifest and two icons. The same parts give the same bytes.
 *
 * @throws InvalidManifest
 */
export async function teamsPackage(parts: TeamsManifestParts): Promise<Uint8Array> {
  const manifest = teamsManifest(parts);
  await refuseInvalid(manifest);
  const files: Zippable = {
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': await icon('color', 192),
    'outline.png': await icon('outline', 32),
  };
  // The earliest day that a zip file knows, in the time zone in which the library reads it.
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 9 });
}

/** @param width in pixels; the icons are square */
async function icon(name: 'color' | 'outline', width: number): Promise<Uint8Array> {
  const svg = await readFile(new URL(`./icons/${name}.svg`, import.meta.url), 'utf8');
  return new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } }).render().asPng();
}
