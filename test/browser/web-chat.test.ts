import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../support/app.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const isMissing = !existsSync(CHROMIUM) && `There is no browser at ${CHROMIUM}: install Chromium, or set CHROMIUM.`;

/** The chat page on a fresh installation. */
async function openChat(viewport = { width: 1200, height: 800 }): Promise<Page> {
  const app = await startTestApp();
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport });
  page.on('pageerror', (error) => expect.fail(error.message));
  await page.goto(app.webChatUrl ?? '');
  await page.getByRole('button', { name: 'Who has to sign the AI policy?' }).waitFor();
  return page;
}

/** Kept for looking at, where somebody asks for them. */
async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

test('a newcomer asks a suggested question, reads the answer and opens its source', async ({ skip }) => {
  skip(Boolean(isMissing), String(isMissing));
  const page = await openChat();
  await photograph(page, 'welcome');
  await page.getByRole('button', { name: 'Who has to sign the AI policy?' }).click();
  const answer = page.locator('.theirs');
  await answer.waitFor();
  expect(await answer.textContent()).toContain('Top management');
  await answer.getByRole('button', { name: 'Source 1: 5.2' }).click();
  await page.getByRole('heading', { name: '5.2 AI policy' }).waitFor();
  await page.getByRole('heading', { name: 'What an auditor asks' }).waitFor();
  await photograph(page, 'answer-and-source');
  await page.keyboard.press('Escape');
  expect(await page.locator('#source').isVisible()).toBe(false);
});

test('what was said is still there after a reload, and hostile text stays text', async ({ skip }) => {
  skip(Boolean(isMissing), String(isMissing));
  const page = await openChat();
  await page.getByLabel('Your message').fill('<img src=x onerror="document.title=1"> who signs the AI policy?');
  await page.keyboard.press('Enter');
  await page.locator('.theirs').waitFor();
  await page.reload();
  await page.locator('.theirs').waitFor();
  expect(await page.locator('.mine').textContent()).toContain('<img src=x');
  expect(await page.locator('.mine img').count()).toBe(0);
});

test('an administrator gives a role on a phone, and faults are shown at their fields', async ({ skip }) => {
  skip(Boolean(isMissing), String(isMissing));
  const page = await openChat({ width: 390, height: 800 });
  await page.getByLabel('You are').selectOption({ label: 'Lee Park (Administrator)' });
  await page.getByLabel('Your message').fill('/aims roles give');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Give role' }).click();
  await page.getByText('Choose who gets the role.').waitFor();
  await page.getByLabel('Person', { exact: true }).selectOption({ label: 'Jon Reyes' });
  await page.getByLabel('Role', { exact: true }).selectOption('auditor');
  await photograph(page, 'form-on-a-phone');
  await page.getByRole('button', { name: 'Give role' }).click();
  await page.getByText('Recorded: Jon Reyes is auditor.').waitFor();
});
