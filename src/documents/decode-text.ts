/** @returns undefined for what is no text */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return isText(text) ? text : undefined;
  } catch {
    // What is not UTF-8 and still has no control characters comes from an older Windows program.
    const text = new TextDecoder('windows-1252').decode(bytes);
    return isText(text) ? text : undefined;
  }
}

function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text has them
  return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u0081\u008d\u008f\u0090\u009d]/.test(text);
}
