import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsInBothSchemes, faultsOf } from '../support/axe.ts';
import { type ScenarioName, scenarios } from '../support/renderer-harness/scenarios.ts';
import { setStage } from '../support/renderer-harness/stage.ts';

// Every screen and state, in light and dark, examined by axe: no violation of any of its rules.

const open = setStage();

// The desktop app has more in its settings only, and the gallery shows those; in a long list nothing
// is new.
const screens = Object.keys(scenarios).filter((name) => !['desktop', 'crowded'].includes(name));

test.each(screens)('%s passes axe, in the list and in a conversation', async (name) => {
  const { page } = await open(name as ScenarioName, { colorScheme: 'light' });
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  expect(await faultsInBothSchemes(page)).toEqual([]);
  for (const item of (await page.locator('.conversation-item:visible').all()).slice(0, 6)) {
    await item.click();
    await page.getByRole('log').waitFor();
    expect(await faultsInBothSchemes(page)).toEqual([]);
  }
});

const dialogs: readonly (readonly [string, ScenarioName, (page: Page) => Promise<void>])[] = [
  ['settings', 'known', (page) => page.getByRole('button', { name: 'Settings' }).click()],
  ['shortcuts', 'known', (page) => page.keyboard.press('Control+/')],
  ['share', 'known', (page) => page.getByRole('button', { name: 'Share my address' }).click()],
  ['contact', 'known', openContact],
  ['contact that is verified', 'verified', openContact],
  ['contact without a key', 'busy', openContact],
  [
    'forgetting',
    'known',
    async (page) => {
      await openContact(page);
      await page.getByRole('button', { name: 'Forget contact…' }).click();
    },
  ],
];

async function openContact(page: Page): Promise<void> {
  await page.locator('.conversation-item').first().click();
  await page.getByRole('button', { name: 'Contact details' }).click();
}

test.each(dialogs)('the dialog %s passes axe', async (_, scenario, show) => {
  const { page } = await open(scenario, { colorScheme: 'light' });
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  await show(page);
  await page.getByRole('dialog').last().waitFor();
  expect(await faultsInBothSchemes(page)).toEqual([]);
});

test('the page passes axe in narrow windows, right to left, and in forced colours', async () => {
  const { page } = await open('busy', {
    locale: 'ar',
    viewport: { width: 400, height: 700 },
    forcedColors: 'active',
  });
  await page.getByRole('navigation').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.locator('.conversation-item').first().click();
  expect(await faultsOf(page)).toEqual([]);
});
