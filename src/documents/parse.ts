import { type ParsedDocument, type TextBlock, UnreadableDocument } from './document.ts';
import { MEDIA_TYPES, mediaTypeOf } from './media-type.ts';
import { MAX_TEXT, passagesOf } from './passages.ts';
import { refuseZipBomb } from './zip.ts';

/** Parsers are loaded when the first file of their kind comes. */
const PARSERS: Readonly<Record<string, (bytes: Uint8Array) => Promise<TextBlock[]>>> = {
  [MEDIA_TYPES.pdf]: async (bytes) => (await import('./parse-pdf.ts')).parsePdf(bytes, MAX_TEXT),
  [MEDIA_TYPES.docx]: async (bytes) => (await import('./parse-docx.ts')).parseDocx(bytes),
  [MEDIA_TYPES.pptx]: async (bytes) => (await import('./parse-pptx.ts')).parsePptx(bytes),
  [MEDIA_TYPES.xlsx]: async (bytes) => (await import('./parse-xlsx.ts')).parseXlsx(bytes),
  [MEDIA_TYPES.html]: async (bytes) => (await import('./parse-html.ts')).parseHtml(bytes),
  [MEDIA_TYPES.markdown]: async (bytes) => (await import('./parse-markdown.ts')).parseMarkdown(bytes),
  [MEDIA_TYPES.text]: async (bytes) => (await import('./parse-text.ts')).parseText(bytes),
};

const ARCHIVES: ReadonlySet<string> = new Set([MEDIA_TYPES.docx, MEDIA_TYPES.pptx, MEDIA_TYPES.xlsx]);

/**
 * Reads a file in this process. Whoever reads files of other people does so through `DocumentReader`, which bounds it.
 *
 * @throws UnreadableDocument
 */
export async function parseDocument(bytes: Uint8Array): Promise<ParsedDocument> {
  try {
    const mediaType = await mediaTypeOf(bytes);
    if (ARCHIVES.has(mediaType)) refuseZipBomb(bytes);
    const parse = PARSERS[mediaType];
    // An image speaks for itself.
    const blocks = parse ? await parse(bytes) : [];
    return { mediaType, ...passagesOf(blocks) };
  } catch (cause) {
    // What a parser throws of a hostile file may be anything.
    throw cause instanceof UnreadableDocument ? cause : new UnreadableDocument('damaged', { cause });
  }
}
