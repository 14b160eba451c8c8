import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Questions of staff that no page of the guidance answers: what the page classifier learns to leave alone. */
export async function loadOutOfScopeQuestions(folder: string): Promise<string[]> {
  const lines = (await readFile(join(folder, 'out-of-scope.txt'), 'utf8')).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
