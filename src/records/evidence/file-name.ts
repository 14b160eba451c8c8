/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** How long the name of a file may get, in characters. */
const MAX_LENGTH = 120;

/** A file's name as it came, without a path and without what no file system takes. Its ending stays. */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd<>:"|?*]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const ending = /\.[^.\s]{1,10}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - ending.length).slice(0, MAX_LENGTH - ending.length);
  const short = `${stem}${ending}`
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (!short) return 'file';
  return RESERVED.test(short) ? `_${short}` : short;
}
