import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** Steward's prompts, one file each: front matter, then a template for the system's message and one for the person's. */
export const PROMPTS_FOLDER = fileURLToPath(new URL('../../prompts', import.meta.url));

const IDS = ['write-answer', 'standalone-question', 'read-answer', 'digest-headline'] as const;

const FrontMatter = z.strictObject({
  id: z.enum(IDS),
  /** Counts up with every change, so that the record of a call says which text it used. */
  version: z.number().int().positive(),
  purpose: z.string().min(1),
  /** What the template takes, each used in it. */
  variables: z.array(z.string().regex(/^[a-z]+$/)).min(1),
  /** What the model is to answer, for whoever changes the prompt. */
  output: z.string().min(1),
});

export interface Prompt extends Readonly<z.infer<typeof FrontMatter>> {
  readonly template: ChatPromptTemplate;
}

export type Prompts = Readonly<Record<(typeof IDS)[number], Prompt>>;

/** A prompt file is not in the form that is described above. */
export class MalformedPrompt extends Error {
  override name = 'MalformedPrompt';
}

/** @throws MalformedPrompt naming the file */
export async function loadPrompts(folder: string): Promise<Prompts> {
  const entries = IDS.map(
    async (id) => [id, parsePrompt(await readFile(join(folder, `${id}.md`), 'utf8'), id)] as const,
  );
  return Object.fromEntries(await Promise.all(entries)) as Prompts;
}

export function parsePrompt(text: string, id: string): Prompt {
  const match = /^---\n(.*?)\n---\n\s*## System\n(.*?)\n## Human\n(.*)$/s.exec(text.replace(/\r\n/g, '\n'));
  if (!match) {
    throw new MalformedPrompt(`prompts/${id}.md is not front matter followed by "## System" and "## Human".`);
  }
  const [, yaml = '', system = '', human = ''] = match;
  const frontMatter = FrontMatter.safeParse(parseYaml(yaml, { schema: 'core' }));
  if (!frontMatter.success) throw new MalformedPrompt(`prompts/${id}.md: ${z.prettifyError(frontMatter.error)}`);
  const template = ChatPromptTemplate.fromMessages([
    ['system', system.trim()],
    ['human', human.trim()],
  ]);
  const used = template.inputVariables.toSorted().join(', ');
  const declared = frontMatter.data.variables.toSorted().join(', ');
  if (frontMatter.data.id !== id || used !== declared) {
    throw new MalformedPrompt(
      `prompts/${id}.md says id ${frontMatter.data.id} and variables ${declared}; it uses ${used}.`,
    );
  }
  return { ...frontMatter.data, template };
}
