import { fileTypeFromBuffer } from 'file-type';
import { decodeText } from './decode-text.ts';
import { UnreadableDocument } from './document.ts';
import { zipNames } from './zip.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** The types that are read, and what they are called. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: `${OFFICE}.wordprocessingml.document`,
  pptx: `${OFFICE}.presentationml.presentation`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  html: 'text/html',
  markdown: 'text/markdown',
  text: 'text/plain',
} as const;

/** Images that a browser or an office program opens. */
const IMAGES = /^image\/(png|jpeg|gif|webp|bmp|tiff|heic|avif)$/;

/** Texts that are told by their beginning. */
const TEXTS = /^(text\/|application\/(xml|json|x-ndjson)$|image\/svg\+xml$)/;

/** How an office document is told from other archives: the part that every one has. */
const PARTS = [
  ['word/document.xml', MEDIA_TYPES.docx],
  ['ppt/presentation.xml', MEDIA_TYPES.pptx],
  ['xl/workbook.xml', MEDIA_TYPES.xlsx],
] as const;

/** Office documents with a password are compound files that hold a stream of this name, in UTF-16. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Finds a file's type from its content. Its name may say anything.
 *
 * @throws UnreadableDocument where it is none that is taken
 */
export async function mediaTypeOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new UnreadableDocument('empty');
  if (startsWith(bytes, 'PK')) return officeType(bytes);
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  if (mime === 'application/pdf') return MEDIA_TYPES.pdf;
  if (mime === 'application/x-cfb') {
    throw new UnreadableDocument(Buffer.from(bytes).includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'wrong-type');
  }
  if (mime && IMAGES.test(mime)) return mime;
  const text = mime === undefined || TEXTS.test(mime) ? decodeText(bytes) : undefined;
  if (text === undefined) throw new UnreadableDocument('wrong-type');
  if (text.trim() === '') throw new UnreadableDocument('empty');
  return textType(text);
}

function officeType(bytes: Uint8Array): string {
  const names = zipNames(bytes);
  const type = PARTS.find(([part]) => names.includes(part))?.[1];
  if (type) return type;
  throw new UnreadableDocument('wrong-type');
}

function textType(text: string): string {
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body)\b/i.test(text))
    return MEDIA_TYPES.html;
  return /^ {0,3}#{1,6} \S/m.test(text) ? MEDIA_TYPES.markdown : MEDIA_TYPES.text;
}

function startsWith(bytes: Uint8Array, mark: string): boolean {
  return Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark;
}
