import { Parser } from 'htmlparser2';
import type { TextBlock } from './document.ts';
import { unzip } from './zip.ts';

const SLIDE = /^ppt\/slides\/slide\d+\.xml$/;
const NOTES = /^ppt\/notesSlides\/notesSlide\d+\.xml$/;
const LINKS = /^ppt\/slides\/_rels\/slide\d+\.xml\.rels$/;
const PRESENTATION = 'ppt/presentation.xml';
const PRESENTATION_LINKS = 'ppt/_rels/presentation.xml.rels';

/** The paragraphs of the slides in the order in which they are shown, each slide followed by its notes. */
export function parsePptx(bytes: Uint8Array): TextBlock[] {
  const files = unzip(
    bytes,
    (name) =>
      SLIDE.test(name) || NOTES.test(name) || LINKS.test(name) || name === PRESENTATION || name === PRESENTATION_LINKS,
  );
  return slidesInOrder(files).flatMap((path, index) => {
    const { title, paragraphs } = slideText(files.get(path) ?? '');
    const section = `Slide ${index + 1}`;
    const notes = notesOf(files, path).map((text) => ({ section, heading: headingOf(title, 'Notes'), text }));
    return [...paragraphs.map((text) => ({ section, heading: title || undefined, text })), ...notes];
  });
}

function headingOf(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' > ');
}

function slidesInOrder(files: ReadonlyMap<string, string>): string[] {
  const targets = linksIn(files.get(PRESENTATION_LINKS) ?? '');
  const order: string[] = [];
  walk(files.get(PRESENTATION) ?? '', (name, attributes) => {
    if (name === 'p:sldId') order.push(`ppt/${targets.get(attributes['r:id'] ?? '') ?? ''}`);
  });
  const slides = order.filter((path) => files.has(path));
  return slides.length > 0 ? slides : [...files.keys()].filter((name) => SLIDE.test(name));
}

function notesOf(files: ReadonlyMap<string, string>, slide: string): string[] {
  const links = files.get(slide.replace('slides/', 'slides/_rels/').concat('.rels')) ?? '';
  const target = [...linksIn(links).values()].find((path) => path.includes('notesSlides/'));
  const notes = target && files.get(`ppt/${target.replace(/^(\.\.\/|\/ppt\/)/, '')}`);
  // The number of the slide stands in its notes too.
  return notes ? slideText(notes).paragraphs.filter((text) => !/^\d+$/.test(text)) : [];
}

function linksIn(xml: string): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  walk(xml, (name, { Id = '', Target = '' }) => {
    if (name === 'Relationship') links.set(Id, Target.replace(/^\/ppt\//, ''));
  });
  return links;
}

function slideText(xml: string): { title: string; paragraphs: string[] } {
  const paragraphs: string[] = [];
  let title = '';
  let inTitle = false;
  let text = '';
  walk(
    xml,
    (name, attributes) => {
      if (name === 'p:sp') inTitle = false;
      if (name === 'p:ph') inTitle = /^(ctrT|t)itle$/.test(attributes['type'] ?? '');
      if (name === 'a:br' || name === 'a:tab') text += ' ';
    },
    (name, content) => {
      if (name === 'a:t') text += content;
      if (name !== 'a:p') return;
      const paragraph = text.replace(/\s+/g, ' ').trim();
      text = '';
      if (!paragraph) return;
      if (inTitle) title = `${title} ${paragraph}`.trim();
      paragraphs.push(paragraph);
    },
  );
  return { title, paragraphs };
}

/** XML without entities of its own: a document cannot define any that grow. */
function walk(
  xml: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
  close: (name: string, text: string) => void = () => {},
): void {
  let text = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        text = '';
        open(name, attributes);
      },
      ontext(part) {
        text += part;
      },
      onclosetag(name) {
        close(name, text);
        text = '';
      },
    },
    { xmlMode: true },
  );
  parser.write(xml);
  parser.end();
}
