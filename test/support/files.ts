import { constants, deflateRawSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import writeWorkbook from 'write-excel-file/node';

/** A line of a page, in letters of a size in points. */
export interface PageLine {
  readonly text: string;
  readonly size?: number;
}

/** A PDF of these pages. @param trailer further entries of its trailer */
export function pdfFile(pages: readonly (readonly PageLine[])[], trailer = ''): Buffer {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', ''];
  const font = 3;
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  const kids = pages.map((lines) => {
    let y = 800;
    const content = lines
      .map(({ text, size = 11 }) => {
        y -= size * 1.3;
        return `BT /F1 ${size} Tf 50 ${y.toFixed(1)} Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`;
      })
      .join('\n');
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
    );
    return `${objects.length} 0 R`;
  });
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

/** A PDF that no reader opens without its password. */
export function encryptedPdf(): Buffer {
  const key = (fill: string) => fill.repeat(64);
  return pdfFile(
    [[{ text: 'secret' }]],
    `/ID [<${key('0').slice(0, 32)}><${key('0').slice(0, 32)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${key('a')}> /U <${key('b')}> >>`,
  );
}

type Parts = Record<string, string | Uint8Array>;

function archive(parts: Parts): Buffer {
  const files = Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]);
  return Buffer.from(zipSync(Object.fromEntries(files)));
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Paragraphs of Word; `style` is a style's id such as Heading1. */
export function docxFile(
  paragraphs: readonly { text: string; style?: string }[],
  further: Parts = {},
  doctype = '',
): Buffer {
  const body = paragraphs
    .map(({ text, style }) => {
      const properties = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : '';
      return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
    })
    .join('');
  const styles = [1, 2, 3]
    .map(
      (level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
    )
    .join('');
  return archive({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${XML}<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${XML}<w:styles ${WORD}>${styles}</w:styles>`,
    'word/document.xml': `${XML}${doctype}<w:document ${WORD}><w:body>${body}</w:body></w:document>`,
    ...further,
  });
}

/** A document whose text is nothing but entities that grow a thousandfold at each of ten steps. */
export function xmlBomb(): Buffer {
  const steps = Array.from({ length: 10 }, (_, step) => `<!ENTITY e${step + 1} "${`&e${step};`.repeat(1_000)}">`);
  const doctype = `<!DOCTYPE w:document [<!ENTITY e0 "lol">${steps.join('')}]>`;
  return docxFile([{ text: '&e10;' }], {}, doctype);
}

export interface Slide {
  readonly title: string;
  readonly lines: readonly string[];
  readonly notes?: string;
}

/** Slides are numbered in the file the other way round than they are shown. */
export function pptxFile(slides: readonly Slide[]): Buffer {
  const paragraph = (text: string) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;
  const names =
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const number = (index: number) => slides.length - index;
  const parts: Parts = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'ppt/presentation.xml': `${XML}<p:presentation ${names}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': `${XML}<Relationships xmlns="${RELATIONSHIPS}">${slides.map((_, index) => `<Relationship Id="rId${index}" Type="${OFFICE}/slide" Target="slides/slide${number(index)}.xml"/>`).join('')}</Relationships>`,
  };
  slides.forEach(({ title, lines, notes }, index) => {
    const at = number(index);
    parts[`ppt/slides/slide${at}.xml`] =
      `${XML}<p:sld ${names}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody>${paragraph(title)}</p:txBody></p:sp><p:sp><p:nvSpPr><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><p:txBody>${lines.map(paragraph).join('')}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;
    if (notes === undefined) return;
    parts[`ppt/slides/_rels/slide${at}.xml.rels`] =
      `${XML}<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="rId9" Type="${OFFICE}/notesSlide" Target="../notesSlides/notesSlide${at}.xml"/></Relationships>`;
    parts[`ppt/notesSlides/notesSlide${at}.xml`] =
      `${XML}<p:notes ${names}><p:cSld><p:spTree><p:sp><p:txBody>${paragraph(notes)}${paragraph('7')}</p:txBody></p:sp></p:spTree></p:cSld></p:notes>`;
  });
  return archive(parts);
}

type Cell = string | number | boolean | Date | null;

export async function xlsxFile(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<Buffer> {
  const asCell = (value: Cell) =>
    value === null ? null : { value, ...(value instanceof Date ? { type: Date, format: 'yyyy-mm-dd' } : {}) };
  const data = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map(asCell)) }));
  return writeWorkbook(data as Parameters<typeof writeWorkbook>[0]).toBuffer();
}

/** The smallest image: one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A Word document that says it unpacks to four gigabytes. */
export function boastfulBomb(): Buffer {
  return withSize(docxFile([{ text: 'x' }]), 'word/document.xml', 0xfffffff0);
}

/** A Word document that unpacks to a gigabyte and says it is small. */
export function lyingBomb(): Buffer {
  const megabytes = 16;
  const segment = deflateRawSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20), { finishFlush: constants.Z_SYNC_FLUSH });
  const stream = Buffer.concat([...Array.from({ length: 1024 / megabytes }, () => segment), Buffer.from([0x03, 0x00])]);
  return storedArchive([
    ['[Content_Types].xml', deflateRawSync(Buffer.from('<Types/>')), 8],
    ['word/document.xml', stream, 1_000],
  ]);
}

/** An office document in the compound file that holds what a password protects. */
export function encryptedOffice(): Buffer {
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  const directory = Buffer.alloc(512);
  Buffer.from('EncryptedPackage', 'utf16le').copy(directory);
  return Buffer.concat([header, directory]);
}

/** Writes another unpacked size into an archive's own directory. */
function withSize(zip: Buffer, name: string, size: number): Buffer {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf('PK\x01\x02'); at >= 0; at = changed.indexOf('PK\x01\x02', at + 4)) {
    const length = changed.readUInt16LE(at + 28);
    if (changed.toString('latin1', at + 46, at + 46 + length) === name) changed.writeUInt32LE(size, at + 24);
  }
  return changed;
}

/** An archive of streams that are deflated already. */
function storedArchive(files: readonly (readonly [name: string, deflated: Buffer, size: number])[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, deflated, size] of files) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(deflated.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), deflated]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
