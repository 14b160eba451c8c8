import mammoth from 'mammoth';
import type { TextBlock } from './document.ts';
import { htmlBlocks } from './parse-html.ts';

/** Titles and headings of Word become those of HTML; pictures are left out. */
export async function parseDocx(bytes: Uint8Array): Promise<TextBlock[]> {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    {
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      // A document must not make the reader open other files.
      externalFileAccess: false,
    },
  );
  return htmlBlocks(value);
}
