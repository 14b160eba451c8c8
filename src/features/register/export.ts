import type { FileMaker } from '../../downloads/downloads.ts';
import { asCsv, asJson, asXlsx } from '../../records/ai-system/exchange/write-table.ts';
import { listSystems } from '../../records/ai-system/read-systems.ts';
import type { Asker, Outcome } from '../feature.ts';
import { offerFiles } from '../offer-files.ts';
import type { RegisterParts } from './register.ts';

/** The kind of file that `Downloads` knows it by. */
export const REGISTER_FILE = 'register';

/** More systems than any organisation has. */
const ALL = 100_000;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Makes the register as a file, for every member of the organisation. The argument is the format. */
export function registerFile({ db, clock }: Pick<RegisterParts, 'db' | 'clock'>): FileMaker {
  return async ({ audience }, format) => {
    if (audience.guidanceOnly) return undefined;
    const { systems } = await listSystems(db, {}, ALL);
    const name = `register-${clock.today()}.${format}`;
    switch (format) {
      case 'xlsx':
        return { name, mediaType: XLSX, content: await asXlsx(systems) };
      case 'csv':
        return { name, mediaType: 'text/csv; charset=utf-8', content: Buffer.from(asCsv(systems)) };
      case 'json':
        return { name, mediaType: 'application/json', content: Buffer.from(asJson(systems)) };
      default:
        return undefined;
    }
  };
}

const FORMATS = ['xlsx', 'csv', 'json'];

/** `/aims systems export`, with or without a format. */
export function offerRegister({ downloads }: RegisterParts, format: string, asker: Asker): Outcome {
  const chosen = FORMATS.filter((known) => format === '' || known === format.toLowerCase().replace(/^\./, ''));
  const files = (chosen.length > 0 ? chosen : FORMATS).map((argument) => ({
    kind: REGISTER_FILE,
    argument,
    label: argument.toUpperCase(),
  }));
  return offerFiles(downloads, asker, 'The register of AI systems, with drafts and retired systems.', files);
}
