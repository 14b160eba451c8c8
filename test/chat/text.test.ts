import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/adapters/web/render.ts';
import { cleanText, typedText } from '../../src/chat/text.ts';

test.each([
  ['one\ntwo', 'one\n\ntwo'],
  ['Do this:\n- first\n* second\n\nThen that.', 'Do this\\:\n\n- first\n- second\n\nThen that\\.'],
  ['1) call\n2) write', '1. call\n2. write'],
  ['see A.6.2.8 (2.5 %)', 'see A.6.2.8 \\(2.5 %\\)'],
  ['by 2026-11-24 10:30 (GAP-1)', 'by 2026-11-24 10:30 \\(GAP-1\\)'],
  ['**bold** [x](http://evil.example)', '\\*\\*bold\\*\\* \\[x\\]\\(http\\://evil\\.example\\)'],
])('%j is shown as it was typed', (typed, markdown) => {
  expect(typedText(typed)).toBe(markdown);
});

test('typed text has no power over the page, and loses no word', () => {
  const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const markup = fc.constantFrom(
    '\u2028',
    '\n',
    '- ',
    '1. ',
    '# ',
    '> ',
    '```',
    '**',
    '_',
    '[a](b)',
    '<b>',
    '&lt;',
    '    ',
    '|',
    '\\',
    '---',
    '===',
  );
  const typed = fc
    .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem(), markup))
    .map((parts) => cleanText(parts.join('')));
  fc.assert(
    fc.property(typed, (text) => {
      const html = renderMarkdown(typedText(text));
      expect(html.replace(/<\/?(?:p|ul|ol|li)>|<ol start="\d+">/g, '')).not.toMatch(/<[^\s]/);
      const shown = html
        .replace(/<[^>]*>/g, ' ')
        .replace(/&(?:lt|gt|quot);/g, ' ')
        .replace(/&amp;/g, '&');
      // The numbers of a list are its own.
      const isWord = (word: string) => !/^\d{1,3}$/.test(word);
      expect(words(shown).filter(isWord)).toEqual(words(text).filter(isWord));
    }),
  );
});
