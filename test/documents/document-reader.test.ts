import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type DocumentPassage, UnreadableDocument } from '../../src/documents/document.ts';
import { DocumentReader } from '../../src/documents/document-reader.ts';
import { parseDocument } from '../../src/documents/parse.ts';
import { passagesOf } from '../../src/documents/passages.ts';
import {
  boastfulBomb,
  docxFile,
  encryptedOffice,
  encryptedPdf,
  lyingBomb,
  PNG,
  pdfFile,
  pptxFile,
  xlsxFile,
  xmlBomb,
} from '../support/files.ts';

const reader = new DocumentReader({ memory: 400 * 1024 * 1024, patience: 20_000, processes: 2 });
afterAll(() => reader.close());

const places = ({ passages }: { passages: readonly DocumentPassage[] }) =>
  passages.map(({ section, heading, text }) => [section, heading, text]);

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof UnreadableDocument ? error.reason : `${error}`;
}

describe('passages keep where they stand', () => {
  test('PDF: page and heading; lines are joined', async () => {
    const file = pdfFile([
      [{ text: 'Bias test of Mia', size: 18 }, { text: 'We tested the shop chat-' }, { text: 'bot on 200 questions.' }],
      [{ text: 'Results', size: 16 }, { text: 'No group was answered worse than another.' }],
    ]);
    const parsed = await reader.read(file);
    expect(parsed.mediaType).toBe('application/pdf');
    expect(places(parsed)).toEqual([
      ['Page 1', 'Bias test of Mia', 'We tested the shop chatbot on 200 questions.'],
      ['Page 2', 'Results', 'No group was answered worse than another.'],
    ]);
  });

  test('Word: headings', async () => {
    const file = docxFile([
      { text: 'AI policy', style: 'Heading1' },
      { text: 'We use AI with care.' },
      { text: 'Review', style: 'Heading2' },
      { text: 'Reviewed every year.' },
    ]);
    const parsed = await reader.read(file);
    expect(parsed.mediaType).toContain('wordprocessingml');
    expect(places(parsed)).toEqual([
      ['AI policy', undefined, 'We use AI with care.'],
      ['AI policy', 'Review', 'Reviewed every year.'],
    ]);
  });

  test('PowerPoint: slides in the order in which they are shown, with notes', async () => {
    const file = pptxFile([
      { title: 'Training', lines: ['Who took part', 'What was learnt'], notes: 'Ask for questions.' },
      { title: 'Results', lines: ['All passed.'] },
    ]);
    expect(places(await reader.read(file))).toEqual([
      ['Slide 1', 'Training', 'Training\n\nWho took part\n\nWhat was learnt'],
      ['Slide 1', 'Training > Notes', 'Ask for questions.'],
      ['Slide 2', 'Results', 'Results\n\nAll passed.'],
    ]);
  });

  test('Excel: sheet, rows, and the names of columns with every cell', async () => {
    const file = await xlsxFile({
      Risks: [
        ['Risk', 'Owner', 'Due'],
        ['Drift', 'Jon', new Date('2026-03-01')],
        ['Bias', null, null],
      ],
    });
    expect(places(await reader.read(file))).toEqual([
      ['Sheet Risks', 'Rows 2-3', 'Risk: Drift; Owner: Jon; Due: 2026-03-01\n\nRisk: Bias'],
    ]);
  });

  test('HTML: headings, no scripts', async () => {
    const html =
      '<!doctype html><title>x</title><h1>Log</h1><script>alert(1)</script><p>One &amp; two</p><h2>May</h2><li>Three';
    expect(places(await reader.read(Buffer.from(html)))).toEqual([
      ['Log', undefined, 'One & two'],
      ['Log', 'May', 'Three'],
    ]);
  });

  test('Markdown and text', async () => {
    const markdown = await reader.read(Buffer.from('# Minutes\n\nAll agreed.\n\n## Actions\n\n- Jon: test'));
    expect(markdown.mediaType).toBe('text/markdown');
    expect(places(markdown)).toEqual([
      ['Minutes', undefined, 'All agreed.'],
      ['Minutes', 'Actions', 'Jon: test'],
    ]);
    const text = await reader.read(Buffer.from(Array.from({ length: 41 }, (_, i) => `line ${i + 1}`).join('\n')));
    expect(text.passages.map(({ section }) => section)).toEqual(['Lines 1-40', 'Lines 41-41']);
  });

  test('an image is an artefact without text', async () => {
    expect(await reader.read(PNG)).toEqual({ mediaType: 'image/png', passages: [], isTextCut: false });
  });
});

describe('files that cannot be taken are told apart', () => {
  test.each<[string, () => Buffer, string]>([
    ['an empty file', () => Buffer.alloc(0), 'empty'],
    ['a file of spaces', () => Buffer.from(' \n '), 'empty'],
    ['too large a file', () => Buffer.alloc(26 * 1024 * 1024, 'a'), 'too-large'],
    ['a program', () => Buffer.from('\x7fELF\x02\x01\x01\x00\x00\x00\x00'), 'wrong-type'],
    ['a letter in RTF', () => Buffer.from('{\\rtf1\\ansi Dear auditor}'), 'wrong-type'],
    ['an encrypted PDF', encryptedPdf, 'encrypted'],
    ['an encrypted Word document', encryptedOffice, 'encrypted'],
    ['a PDF that is cut off', () => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type'), 'damaged'],
    ['a Word document that is cut off', () => docxFile([{ text: 'x' }]).subarray(0, 400), 'damaged'],
    ['a Word document with a broken part', () => docxFile([{ text: '<<<' }]), 'damaged'],
    ['an archive that says it is a bomb', boastfulBomb, 'bomb'],
  ])('%s', async (_name, file, reason) => {
    expect(await refusal(reader.read(file()))).toBe(reason);
  });

  test('each with a sentence', async () => {
    await expect(reader.read(encryptedPdf())).rejects.toThrow('It is protected with a password. Send it without one.');
  });

  test('a bomb that lies about its size takes the parser down, and nothing else', async () => {
    expect(await refusal(reader.read(lyingBomb()))).toMatch(/^(memory|damaged)$/);
    expect((await reader.read(PNG)).mediaType).toBe('image/png');
  });

  test('entities that grow are not expanded', async () => {
    const outcome = await reader.read(xmlBomb()).then(
      ({ passages }) => JSON.stringify(passages).length,
      () => 0,
    );
    expect(outcome).toBeLessThan(1_000);
  });

  test('what takes too long is stopped', async () => {
    const hasty = new DocumentReader({ patience: 1 });
    expect(await refusal(hasty.read(pdfFile([[{ text: 'x' }]])))).toBe('slow');
    hasty.close();
  });

  test('names inside an archive lead nowhere', async () => {
    const file = docxFile([{ text: 'Only this.' }], { '../../../../etc/passwd': 'root', 'word/../../x': 'x' });
    expect(places(await reader.read(file))).toEqual([['Beginning', undefined, 'Only this.']]);
  });
});

test('whatever the bytes, a document or a reason comes back', async () => {
  const starts = fc.constantFrom(
    '',
    '%PDF-1.7\n',
    'PK\x03\x04',
    '<html>',
    '# ',
    '\x89PNG\r\n\x1a\n',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  );
  await fc.assert(
    fc.asyncProperty(starts, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
      const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
      const outcome = await parseDocument(bytes).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnreadableDocument);
    }),
    { numRuns: 150 },
  );
});

test('a damaged document of any kind gives a document or a reason', async () => {
  const files = [pdfFile([[{ text: 'Some text' }]]), docxFile([{ text: 'Some text' }]), await xlsxFile({ A: [['b']] })];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat(255), async (file, at, byte) => {
      const damaged = Buffer.from(file);
      damaged[at % damaged.length] = byte;
      const outcome = await parseDocument(damaged).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnreadableDocument);
    }),
    { numRuns: 60 },
  );
});

test('passages hold all of the text, in pieces that can be cited', () => {
  const block = fc.record({
    section: fc.constantFrom('Page 1', 'Page 2'),
    heading: fc.option(fc.string({ maxLength: 10 }), { nil: undefined }),
    text: fc.string({ maxLength: 4_000, unit: fc.constantFrom('a', 'b', ' ', '. ', '\n', 'é', '😀') }),
  });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 10 }), (blocks) => {
      const { passages } = passagesOf(blocks);
      const letters = (text: string) => text.normalize('NFC').replace(/\s+/g, '');
      expect(passages.every(({ text }) => text.length > 0 && text.length <= 1_200 && text.isWellFormed())).toBe(true);
      expect(letters(passages.map(({ text }) => text).join(''))).toBe(letters(blocks.map(({ text }) => text).join('')));
    }),
  );
});
