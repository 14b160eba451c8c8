import { sql } from 'kysely';
import { expect } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { box, browserTest, openChat, PHONE, photograph, say } from '../support/browser.ts';

const QUESTION = 'Who has to sign the AI policy?';

browserTest('a newcomer asks a suggested question, reads the answer and opens its source at the passage', async () => {
  const page = await openChat(await startTestApp());
  expect(await page.getByLabel('You are', { exact: true }).textContent()).toContain('Jon Reyes (Staff)');
  await page.getByRole('button', { name: QUESTION }).click();
  const answer = page.locator('.theirs');
  await answer.waitFor();
  expect(await answer.textContent()).toContain('Top management');

  const mark = answer.getByRole('button', { name: 'Source 1: 5.2' }).first();
  await mark.hover();
  const card = page.getByRole('tooltip');
  await card.getByText('5.2 AI policy').waitFor();
  expect(await card.textContent()).toContain('Keep the approval');
  await photograph(page, 'citation');

  await mark.click();
  await page.getByRole('heading', { name: '5.2 AI policy' }).waitFor();
  const passage = page.locator('.passage.cited');
  expect(await passage.textContent()).toContain('Who has to sign the AI policy?');
  await expect.poll(async () => (await passage.boundingBox())?.y).toBeLessThan(400);
  await photograph(page, 'answer-and-source');

  await page.getByRole('region', { name: 'See also' }).getByRole('button').first().click();
  await page.getByRole('heading', { name: '5.2 AI policy' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: '5.2 AI policy' }).waitFor();
  await page.locator('#source-body').getByRole('button', { name: 'A.2.2' }).first().click();
  await page.getByRole('heading', { name: 'A.2.2 AI policy' }).waitFor();

  await page.keyboard.press('Escape');
  await page.locator('#source').waitFor({ state: 'hidden' });
  expect(await page.locator('.cite:focus').count()).toBe(1);
});

browserTest('on a phone a source is a sheet that Back puts away', async () => {
  const page = await openChat(await startTestApp(), { viewport: PHONE, hasTouch: true });
  const answer = await say(page, QUESTION);
  const source = page.getByRole('complementary');
  for (const back of [() => page.getByRole('button', { name: 'Back' }).tap(), () => page.goBack()]) {
    await answer.getByRole('button', { name: 'Source 1: 5.2' }).first().tap();
    await source.getByText('Cited passage').waitFor();
    expect((await source.boundingBox())?.width).toBe(PHONE.width);
    await back();
    await source.waitFor({ state: 'hidden' });
  }
});

browserTest('what was said is still there after a reload, and hostile text stays text', async () => {
  const page = await openChat(await startTestApp());
  await say(page, '<img src=x onerror="document.title=1"> who signs the AI policy?');
  await page.reload();
  await page.locator('.theirs').waitFor();
  expect(await page.locator('.mine .bubble').textContent()).toContain('<img src=x');
  expect(await page.locator('.mine img').count()).toBe(0);
});

browserTest('an administrator gives a role on a phone, and faults are shown at their fields', async () => {
  const page = await openChat(await startTestApp(), { viewport: PHONE });
  await page.getByRole('button', { name: 'Lee Park Administrator' }).click();
  await say(page, '/aims roles give');
  await page.getByRole('button', { name: 'Give role' }).click();
  await page.getByText('Choose who gets the role.').waitFor();
  await page.getByLabel('Person', { exact: true }).selectOption({ label: 'Jon Reyes' });
  await page.getByLabel('Role', { exact: true }).selectOption('auditor');
  await photograph(page, 'form-on-a-phone');
  await page.getByRole('button', { name: 'Give role' }).click();
  await page.locator('.theirs').getByText('Recorded: Jon Reyes is auditor.').waitFor();
});

browserTest('an answer appears as it is made, until the whole one takes its place', async () => {
  const page = await openChat(await startTestApp());
  const draft = { html: '<p>Top management, that is</p>' };
  await page.route(
    '**/events?**',
    (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `retry: 10\n\nevent: working\ndata: {}\n\nevent: draft\ndata: ${JSON.stringify(draft)}\n\n`,
      }),
    { times: 1 },
  );
  await page.reload();
  await page.locator('.draft').getByText('Top management, that is').waitFor();
  expect(await page.locator('#working').isVisible()).toBe(false);
  await photograph(page, 'draft');
  await say(page, QUESTION);
  expect(await page.locator('.draft').count()).toBe(0);
});

browserTest('earlier conversations are listed, the newest first, and opened again', async () => {
  const page = await openChat(await startTestApp());
  await say(page, QUESTION);
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  await say(page, '/aims ask What happens in a stage 1 audit?');
  const entries = page.getByRole('navigation').getByRole('listitem');
  await expect.poll(() => entries.count()).toBe(2);
  expect(await entries.nth(0).textContent()).toContain('What happens in a stage 1 audit?');
  await photograph(page, 'conversations');
  await entries.nth(1).getByRole('button').click();
  await page.locator('.mine').getByText(QUESTION).waitFor();
  await page.locator('.mine').getByText('stage 1').waitFor({ state: 'detached' });
  expect(await entries.nth(1).getByRole('button').getAttribute('aria-current')).toBe('true');

  await page.getByLabel('You are', { exact: true }).selectOption('dana');
  await page.getByText('What you ask is listed here').waitFor();
  expect(await page.locator('.mine').count()).toBe(0);
});

browserTest('on a phone the list of conversations waits behind a button', async () => {
  const page = await openChat(await startTestApp(), { viewport: PHONE });
  await say(page, QUESTION);
  const list = page.getByRole('navigation');
  expect(await list.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Conversations' }).click();
  await list.getByRole('button', { name: QUESTION }).waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Conversations' }).click();
  await list.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor();
  expect(await list.isVisible()).toBe(false);
});

browserTest('commands are completed as they are typed', async () => {
  const page = await openChat(await startTestApp());
  await box(page).pressSequentially('/');
  const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
  await options.first().waitFor();
  expect(await options.first().textContent()).toContain('/aims ask <question> answers a question');
  await photograph(page, 'commands');
  await page.keyboard.press('Escape');
  expect(await options.count()).toBe(0);

  await box(page).pressSequentially('ro');
  await page.keyboard.press('ArrowDown');
  const active = await page.getByRole('combobox', { name: 'Your message' }).getAttribute('aria-activedescendant');
  expect(await page.locator(`#${active}`).textContent()).toContain('/aims roles give');
  await page.keyboard.press('Tab');
  expect(await box(page).inputValue()).toBe('/aims roles give');

  await box(page).fill('/aims a');
  await page.keyboard.press('Enter');
  expect(await box(page).inputValue()).toBe('/aims ask ');
  await box(page).pressSequentially('who signs the AI policy?');
  await page.keyboard.press('Enter');
  await page.locator('.theirs').getByText('Top management').first().waitFor();
});

browserTest('the box takes several lines, keeps what was begun, and recalls the last question', async () => {
  const page = await openChat(await startTestApp());
  await page.keyboard.press('Enter');
  await say(page, QUESTION);
  expect(await page.locator('.mine').count()).toBe(1);
  await page.keyboard.press('ArrowUp');
  expect(await box(page).inputValue()).toBe(QUESTION);

  await page.keyboard.press('Shift+Enter');
  await box(page).pressSequentially('And who drafts it?');
  const begun = `${QUESTION}\nAnd who drafts it?`;
  expect(await box(page).inputValue()).toBe(begun);
  const hidden = "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.getElementById('text'))";
  expect(await page.evaluate(hidden)).toBe(0);
  await page.getByRole('button', { name: 'New conversation' }).click();
  expect(await box(page).inputValue()).toBe('');
  await page.getByRole('navigation').getByRole('button', { name: QUESTION }).click();
  expect(await box(page).inputValue()).toBe(begun);
  await page.reload();
  await expect.poll(() => box(page).inputValue()).toBe(begun);
});

browserTest('an answer is copied with its sources', async () => {
  const page = await openChat(await startTestApp());
  const answer = await say(page, QUESTION);
  await answer.getByRole('button', { name: 'Copy' }).click();
  await answer.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(copied).toMatch(/^Top management.*\[1\].*\n\[1\] 5\.2 AI policy/s);
});

browserTest('a long conversation shows its days and times, and the way back to the newest message', async () => {
  const app = await startTestApp();
  const page = await openChat(app);
  await say(page, QUESTION);
  await app.database.db.updateTable('thread_message').set({ at: sql<Date>`at - interval '1 day'` }).execute();
  await page.reload();
  await page.locator('.day').getByText('Yesterday').waitFor();
  await say(page, 'What happens in a stage 1 audit?');
  await page.locator('.day').getByText('Today').waitFor();
  await say(page, '/aims help');
  const opacity = () =>
    page.evaluate("getComputedStyle([...document.querySelectorAll('.theirs time')].at(-1)).opacity");
  expect(await opacity()).toBe('0');
  await page.locator('.theirs').last().hover();
  await expect.poll(opacity).toBe('1');
  expect(await page.locator('.theirs time').last().textContent()).toMatch(/^\d\d:\d\d$/);

  const jump = page.getByRole('button', { name: 'Jump to newest' });
  await page.mouse.wheel(0, -5_000);
  await jump.waitFor();
  await photograph(page, 'days');
  await jump.click();
  await jump.waitFor({ state: 'hidden' });
});

browserTest('text that is written from right to left is shown so', async () => {
  const page = await openChat(await startTestApp());
  await say(page, 'من يوقع AI policy؟');
  expect(await page.evaluate("getComputedStyle(document.querySelector('.mine .bubble')).direction")).toBe('rtl');
  await photograph(page, 'right-to-left');
});

browserTest('the page is dark as the system is, until somebody chooses, which is remembered', async () => {
  const page = await openChat(await startTestApp(), { colorScheme: 'dark' });
  const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  const dark = await ground();
  await page.getByRole('radio', { name: 'Light' }).check();
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await ground()).toBe(light);
  await page.getByRole('radio', { name: 'System' }).check();
  expect(await ground()).toBe(dark);
});
