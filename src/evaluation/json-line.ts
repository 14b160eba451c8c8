import type { z } from 'zod';
import { UnusableFile } from '../unusable-file.ts';

/**
 * @param number of the line, from 1
 * @throws UnusableFile where the line is no JSON, or not in the format
 */
export function parseJsonLine<T>(format: z.ZodType<T>, line: string, file: string, number: number): T {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw new UnusableFile(`${file}, line ${number}: this is no JSON.`, { cause });
  }
  const parsed = format.safeParse(json);
  if (parsed.success) return parsed.data;
  const [field = ''] = parsed.error.issues[0]?.path ?? [];
  throw new UnusableFile(
    `${file}, line ${number}: ${field === '' ? 'this is no JSON object' : `"${String(field)}" is missing or cannot be used`}.`,
    { cause: parsed.error },
  );
}
