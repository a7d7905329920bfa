import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsInBothSchemes } from '../support/axe.ts';
import { setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: conversations in use, examined by axe.

const open = setStage();

const states: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'the menu of a message',
    async (page) => {
      await page.getByRole('article').last().press('Enter');
      await page.locator('.anchored-menu').waitFor();
    },
  ],
  [
    'an answer being written',
    async (page) => {
      await page.getByRole('article').last().press('Enter');
      await page.getByRole('menuitem', { name: 'Reply' }).click();
      await page.getByText('Reply to').waitFor();
    },
  ],
  [
    'the question before deleting',
    async (page) => {
      await page.getByRole('article').last().press('Enter');
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'results of a search',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('b');
      await page.locator('.hit').first().waitFor();
    },
  ],
  [
    'a search without results',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('zzzz');
      await page.getByText('Nothing found for').waitFor();
    },
  ],
  [
    'a search in the conversation',
    async (page) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('the');
      await page.getByText('1 of').waitFor();
    },
  ],
  [
    'the choice of emoji',
    async (page) => {
      await page.getByRole('button', { name: 'Insert emoji' }).click();
      await page.getByRole('gridcell').first().waitFor();
    },
  ],
];

test.each(states)('%s passes axe, in light and dark', async (_, show) => {
  const { page, choose } = await open('busy', { colorScheme: 'light' });
  await choose('Bob');
  await show(page);
  expect(await faultsInBothSchemes(page)).toEqual([]);
});
