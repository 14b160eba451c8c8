import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { box, browserTest, openChat, PHONE, photograph, say } from '../support/browser.ts';

const QUESTION = 'Who has to sign the AI policy?';

/** What axe-core finds fault with, as `rule: element`. */
async function faults(page: Page, options: axe.RunOptions = {}): Promise<string[]> {
  // Evaluated, because the page's policy lets no other script in.
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

browserTest.each(['light', 'dark'] as const)('nothing is out of anybody’s reach, in %s', async (colorScheme) => {
  const page = await openChat(await startTestApp(), { colorScheme, reducedMotion: 'reduce' });
  await photograph(page, `welcome-${colorScheme}`);
  expect(await faults(page)).toEqual([]);

  await box(page).pressSequentially('/');
  await page.getByRole('listbox', { name: 'Commands' }).waitFor();
  await photograph(page, `commands-${colorScheme}`);
  // ARIA in HTML gives a textarea no other role, but one that completes is heard as what it is only as a combobox.
  expect(await faults(page, { rules: { 'aria-allowed-role': { enabled: false } } })).toEqual([]);

  const answer = await say(page, QUESTION);
  await answer.getByRole('button', { name: 'Source 1: 5.2' }).first().click();
  await page.getByText('Cited passage').waitFor();
  await photograph(page, `source-${colorScheme}`);
  expect(await faults(page)).toEqual([]);

  await page.keyboard.press('Escape');
  await page.getByLabel('You are', { exact: true }).selectOption('lee');
  await say(page, '/aims roles give');
  await page.getByRole('button', { name: 'Give role' }).click();
  await page.getByText('Choose who gets the role.').waitFor();
  await photograph(page, `form-${colorScheme}`);
  expect(await faults(page)).toEqual([]);
  await say(page, '/aims roles');
  await photograph(page, `table-${colorScheme}`);
  expect(await faults(page)).toEqual([]);
});

browserTest.each(['light', 'dark'] as const)('nothing is out of reach on a phone, in %s', async (colorScheme) => {
  const page = await openChat(await startTestApp(), { viewport: PHONE, colorScheme, reducedMotion: 'reduce' });
  await photograph(page, `phone-welcome-${colorScheme}`);
  expect(await faults(page)).toEqual([]);
  const answer = await say(page, QUESTION);
  await photograph(page, `phone-answer-${colorScheme}`);
  await page.getByRole('button', { name: 'Conversations' }).click();
  await photograph(page, `phone-conversations-${colorScheme}`);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await answer.getByRole('button', { name: 'Source 1: 5.2' }).first().click();
  await page.getByText('Cited passage').waitFor();
  await photograph(page, `phone-source-${colorScheme}`);
  expect(await faults(page)).toEqual([]);
});

browserTest.each([
  ['a small phone', { width: 360, height: 640 }],
  ['a laptop at 200 %', { width: 640, height: 400 }],
])('nothing is cut off on %s', async (name, viewport) => {
  const page = await openChat(await startTestApp(), { viewport });
  const overflow = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(await overflow()).toBe(0);
  await photograph(page, `welcome-${name.replaceAll(/\W+/g, '-')}`);
  await say(page, '/aims roles');
  const answer = await say(page, QUESTION);
  await photograph(page, `answer-${name.replaceAll(/\W+/g, '-')}`);
  expect(await overflow()).toBe(0);
  await answer.getByRole('button', { name: 'Source 1: 5.2' }).first().click();
  await page.getByText('Cited passage').waitFor();
  expect(await overflow()).toBe(0);
});

browserTest('keys alone are enough, and a screen reader hears the answer', async () => {
  const page = await openChat(await startTestApp());
  const focused = () => page.evaluate('document.activeElement.textContent.trim() || document.activeElement.id');
  expect(await focused()).toBe('text');
  await page.keyboard.type(QUESTION);
  await page.keyboard.press('Enter');
  const announcement = page.getByRole('status').filter({ hasText: 'Steward: Top management' });
  await announcement.waitFor({ state: 'attached' });
  await page.keyboard.press('Shift+Tab');
  await expect.poll(focused).toBe('attach');
  await page.keyboard.press('Shift+Tab');
  await expect.poll(focused).toMatch(/^(Copy|jump)/);
  const mark = page.getByRole('button', { name: 'Source 1: 5.2' }).first();
  await mark.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.getByRole('tooltip').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('5.2 AI policy');
  await page.keyboard.press('Escape');
  expect(await page.locator('.cite:focus').count()).toBe(1);
});
