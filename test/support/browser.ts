import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

// A browser, a database and the program share the machine with other tests.
vi.setConfig({ testTimeout: 90_000 });

export const PHONE = { width: 390, height: 800 };

/** Left out where there is no browser: install Chromium, or set CHROMIUM. */
export const browserTest = test.skipIf(!existsSync(CHROMIUM));

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** The chat page in a browser profile of its own. A fault of the page, or of its content security policy, fails the test. */
export async function openChat(app: App, options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.text().includes('Content Security Policy') && faults.push(message.text()));
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(app.webChatUrl ?? '');
  await page.getByRole('button', { name: 'Who has to sign the AI policy?' }).waitFor();
  return page;
}

export function box(page: Page): Locator {
  return page.getByLabel('Your message');
}

/** Says something as a person does, and waits for the reply to it. */
export async function say(page: Page, text: string): Promise<Locator> {
  const replies = page.locator('.theirs:not(.draft)');
  const next = replies.nth(await replies.count());
  await box(page).fill(text);
  await page.keyboard.press('Enter');
  await next.waitFor();
  return next;
}

/** Kept for looking at, where somebody asks for them. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
