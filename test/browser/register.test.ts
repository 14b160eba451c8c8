import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { box, browserTest, openChat, PHONE, photograph, say } from '../support/browser.ts';

const theirs = (page: Page) => page.locator('.theirs');

browserTest('somebody registers a system in the web chat, and sees question and answer change in place', async () => {
  const page = await openChat(await startTestApp());
  await say(page, 'I want to register an AI system');
  await photograph(page, 'register-name');
  await say(page, 'Mia, the shop chatbot');
  const question = page.locator('.theirs').last();
  expect(await question.textContent()).toContain('question 1 of 14');
  await photograph(page, 'register-question');
  await question.getByRole('button', { name: 'Why we ask' }).click();
  await theirs(page).getByText('Duties follow from the purpose').waitFor();

  await box(page).fill('It answers questions of shop customers about orders and returns.');
  await page.keyboard.press('Enter');
  await theirs(page).getByText('Jon Reyes answered:').waitFor();
  expect(await theirs(page).getByText('What does the system do, and what is it for?').count()).toBe(0);
  await page
    .getByRole('button', { name: /^(Choose|Correct)/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Record' }).waitFor();
  await photograph(page, 'register-choices');
  await page.getByRole('checkbox', { name: 'None of these' }).first().check();
  await page.getByRole('checkbox', { name: 'None of these' }).nth(1).check();
  await page.getByRole('button', { name: 'Record' }).click();
  await theirs(page).getByText('question 2 of 14').waitFor();
  await photograph(page, 'register-next');
});

browserTest('on a phone a reviewer reads the proposal and the register', async () => {
  const page = await openChat(await startTestApp(), { viewport: PHONE });
  await say(page, '/aims register Ticket sorter');
  await theirs(page).getByText('question 1 of 14').waitFor();
  await photograph(page, 'register-phone-question');
  for (let number = 2; number <= 14; number++) {
    await page.getByRole('button', { name: 'Skip for now' }).last().click();
    await theirs(page).getByText(`question ${number} of 14`).first().waitFor();
  }
  await page.getByRole('button', { name: 'Skip for now' }).last().click();
  for (let number = 1; number <= 14; number++) {
    await theirs(page).getByText(`question ${number} of 14`).nth(1).waitFor();
    await page.getByRole('button', { name: 'Skip for now' }).last().click();
  }
  await theirs(page).getByText('everything is asked').waitFor();
  await photograph(page, 'register-phone-proposal');
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await theirs(page).getByText('is submitted').waitFor();
  const shown = await say(page, '/aims systems');
  expect(await shown.textContent()).toContain('AIS-1 Ticket sorter');
  await photograph(page, 'register-phone-list');
});
