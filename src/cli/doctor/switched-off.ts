import type { Finding } from './finding.ts';

/** @param how what would switch it on */
export function off(about: string, how: string): Finding {
  return { about, status: 'ok', message: `Off, which is fine. ${how}` };
}

export function unclear(about: string): Finding {
  const message = 'Its settings cannot be used, so it was not checked.';
  return { about, status: 'attention', message, remedy: 'Mend the settings first.' };
}
