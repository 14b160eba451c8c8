import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** The rooms of the house, from the door to the cellar. Imports go down this list, and may skip rows. */
const ROOMS = [
  ['main.ts'],
  ['cli'],
  ['app.ts'],
  ['background-jobs.ts', 'open.ts'],
  ['example'],
  ['adapters'],
  ['assistant'],
  ['features', 'evaluation'],
  ['privacy'],
  ['records'],
  ['retrieval'],
  ['outbox', 'inbox', 'jobs', 'downloads'],
  ['people'],
  ['standard', 'event-log', 'models', 'documents'],
  ['chat', 'config.ts', 'metrics.ts', 'log.ts', 'clock.ts'],
  ['database'],
  ['unusable-file.ts'],
];

const levels = new Map(ROOMS.flatMap((rooms, level) => rooms.map((room) => [room, level] as const)));

async function importsOf(): Promise<{ from: string; to: string }[]> {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
  const imports = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join('src', file), 'utf8');
      return [...text.matchAll(/from '(\.{1,2}\/[^']+\.ts)'/g)].map(([, path]) => ({
        from: file,
        to: normalize(join(dirname(file), path ?? '')),
      }));
    }),
  );
  return imports.flat();
}

const roomOf = (file: string) => file.split('/')[0] ?? file;

test('imports go down the rooms of the house', async () => {
  const imports = await importsOf();
  expect(imports.length).toBeGreaterThan(100);
  const upwards = imports.filter(({ from, to }) => {
    const here = levels.get(roomOf(from)) ?? -1;
    const there = levels.get(roomOf(to)) ?? -1;
    return here < 0 || there < 0 || there < here;
  });
  expect(upwards).toEqual([]);
});

test('a feature knows no other feature, and no adapter another', async () => {
  const imports = await importsOf();
  const strangers = imports.filter(({ from, to }) => {
    const [room, inner, file] = from.split('/');
    const [otherRoom, otherInner, otherFile] = to.split('/');
    const neighbours = room === otherRoom && (room === 'features' || room === 'adapters');
    return neighbours && file !== undefined && otherFile !== undefined && inner !== otherInner;
  });
  expect(strangers).toEqual([]);
});
