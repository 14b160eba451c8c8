import type { Db } from '../../database/database.ts';
import { compareGuidance } from '../../retrieval/ingest-guidance.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../standard/guidance.ts';
import type { Check, Tell } from './finding.ts';

export function checkGuidance(): Check {
  const about = 'Guidance';
  return {
    about,
    async run(tell) {
      const files = await loadGuidance(KNOWLEDGE_FOLDER);
      tell({ about, status: 'ok', message: `All ${files.length} pages can be read.` });
    },
  };
}

export async function checkStoredGuidance(db: Db, tell: Tell): Promise<void> {
  const about = 'Stored guidance';
  const files = await loadGuidance(KNOWLEDGE_FOLDER);
  const { changed, gone } = await compareGuidance(db, files);
  const differences = changed.length + gone.length;
  if (differences === 0) tell({ about, status: 'ok', message: `All ${files.length} pages are in the database.` });
  else {
    const message = `${differences} pages in the database are missing, or are not those of this version.`;
    tell({ about, status: 'attention', message, remedy: 'Start Steward, or: npm run migrate' });
  }
}
