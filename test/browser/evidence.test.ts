import axe from 'axe-core';
import { expect } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { browserTest, openChat, PHONE, photograph } from '../support/browser.ts';
import { pdfFile } from '../support/files.ts';

const REPORT = pdfFile([
  [{ text: 'Bias test of Mia', size: 20 }, { text: 'Results for A.7.4. Valid until 31 March 2099.' }],
]);

browserTest(
  'a file is attached by button and by dropping it, taken off again, sent, and kept as evidence',
  async () => {
    const page = await openChat(await startTestApp({ EVIDENCE_MAX_MB: '1' }));
    const attached = page.getByRole('list', { name: 'Attached files' });
    const send = page.getByRole('button', { name: 'Send' });
    await page.setInputFiles('#files', [
      { name: 'Q3 bias test.pdf', mimeType: 'application/pdf', buffer: REPORT },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes.') },
      { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(2 * 1024 * 1024) },
    ]);
    await attached.getByText('It is larger than what Steward keeps of one file.').waitFor();
    await expect.poll(() => send.isEnabled()).toBe(true);
    await photograph(page, 'attached');
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('button', { name: 'Remove film.mp4' }).click();
    await page.getByRole('button', { name: 'Remove notes.txt' }).click();
    expect(await attached.getByRole('listitem').allTextContents()).toEqual(['Q3 bias test.pdf']);

    await page.getByRole('button', { name: 'Remove Q3 bias test.pdf' }).click();
    expect(await attached.isVisible()).toBe(false);
    expect(await send.isEnabled()).toBe(false);
    const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array([${[...REPORT].join()}])], 'Q3 bias test.pdf'));
    return transfer;
  })()`);
    await page.dispatchEvent('#main', 'dragover', { dataTransfer: dropped });
    await page.getByText('Drop files to attach them').waitFor();
    await photograph(page, 'dropping');
    await page.dispatchEvent('#main', 'drop', { dataTransfer: dropped });
    await expect.poll(() => send.isEnabled()).toBe(true);
    await send.click();

    const card = page.locator('.theirs', { hasText: 'Proposed for Q3 bias test.pdf' });
    await card.waitFor();
    expect(await page.locator('.mine').allTextContents()).toEqual([
      expect.stringContaining('Attached: Q3 bias test.pdf'),
    ]);
    expect(await attached.isVisible()).toBe(false);
    await photograph(page, 'proposed');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.locator('.theirs', { hasText: 'Recorded: EV-1 Bias test of Mia' }).waitFor();
    expect(await card.count()).toBe(0);
    await page.setViewportSize(PHONE);
    await page.setInputFiles('#files', {
      name: 'A rather long name of a file about something.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('A'),
    });
    await expect.poll(() => send.isEnabled()).toBe(true);
    await photograph(page, 'attached-phone');
  },
);
