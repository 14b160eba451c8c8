import { expect } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { box, browserTest, openChat, photograph, say } from '../support/browser.ts';
import { copyOfTemplate } from '../support/database.ts';

const QUESTION = 'Who has to sign the AI policy?';

browserTest('a message that could not be sent stays, also over a reload, and is sent again', async () => {
  const page = await openChat(await startTestApp());
  await page.route('**/api/turns', (route) => route.abort());
  await box(page).fill(QUESTION);
  await page.keyboard.press('Enter');
  await page.locator('.mine').getByText(QUESTION).waitFor();
  await page.getByText('Not sent. Steward cannot be reached.').waitFor();
  await photograph(page, 'not-sent');
  await page.reload();
  await page.getByRole('button', { name: 'Change it' }).click();
  expect(await box(page).inputValue()).toBe(QUESTION);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send again' }).waitFor();
  await page.unroute('**/api/turns');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.locator('.theirs').waitFor();
  expect(await page.locator('.mine').count()).toBe(1);
  expect(await page.locator('.unsent').count()).toBe(0);
});

browserTest('a message whose acknowledgement was lost is answered once', async () => {
  const app = await startTestApp();
  const page = await openChat(app);
  await page.route('**/events?**', (route) => route.abort());
  await page.reload();
  await page.route(
    '**/api/turns',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await box(page).fill(QUESTION);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('button', { name: 'Send again' }).waitFor({ state: 'detached' });
  await page.unroute('**/events?**');
  await page.locator('.theirs').waitFor();
  await say(page, 'What happens in a stage 1 audit?');
  expect(await page.locator('.mine').count()).toBe(2);
  expect(await page.locator('.theirs').count()).toBe(2);
});

browserTest('when Steward goes away the page says so, and goes on by itself when it is back', async () => {
  const database = await copyOfTemplate();
  const app = await startTestApp({}, database);
  const page = await openChat(app);
  await say(page, QUESTION);
  await box(page).fill('What happens in a');
  await app.stop();
  await page.getByText('Steward cannot be reached. Trying again by itself; nothing is lost.').waitFor();
  await photograph(page, 'unreachable');
  await startTestApp({ WEB_CHAT_PORT: new URL(app.webChatUrl ?? '').port }, database);
  await page.getByText('Steward cannot be reached.').waitFor({ state: 'hidden' });
  expect(await box(page).inputValue()).toBe('What happens in a');
  await say(page, 'What happens in a stage 1 audit?');
  expect(await page.locator('.mine').count()).toBe(2);
});
