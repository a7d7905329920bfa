import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { WAIT_TIMEOUT_MS } from '../support/basics/timeouts.ts';
import { connectChromium } from '../support/browser/shared-chromium.ts';
import { type Harness, openHarness, type Shown } from '../support/renderer-harness/harness.ts';
import { idOf, type ScenarioName } from '../support/renderer-harness/scenarios.ts';

// The built renderer in real Chromium, over a fake core that hands over what no core should: one bad
// record, or a part that cannot be loaded, takes nothing else down.

let harness: Harness;
let browser: Browser;
let shown: Shown;

beforeAll(async () => {
  harness = await openHarness(inject('renderers').development);
  browser = await connectChromium();
});
afterEach(() => shown.context.close());
afterAll(async () => {
  await browser?.close();
});

async function open(scenario: ScenarioName): Promise<Page> {
  shown = await harness.open(browser, scenario, { locale: 'en-GB' });
  shown.page.setDefaultTimeout(WAIT_TIMEOUT_MS);
  await shown.page.getByRole('button', { name: 'Settings' }).waitFor();
  return shown.page;
}

const BOB = JSON.stringify(idOf(1));
const choose = async (page: Page, name: string) => {
  await page.locator('.conversation-item').filter({ hasText: name }).click();
  await page.getByRole('log').waitFor();
};

test('a message that fails to render says so in its place, and the others stay', async () => {
  const page = await open('busy');
  await choose(page, 'Bob');
  await page.evaluate(`fakeCore.receive(${BOB}, 42)`);
  const log = page.getByRole('log');
  await log.getByText('This message can’t be shown.').waitFor();
  await log.getByText('8090, same machine.').waitFor();
  // In the list it was the newest message that could not be drawn.
  await page.getByText('This conversation can’t be listed.').waitFor();
  await page.locator('.conversation-item').filter({ hasText: 'Carol' }).waitFor();
  await page.evaluate(`fakeCore.receive(${BOB}, 'and a good one')`);
  await log.getByText('and a good one').waitFor();
  await page.getByText('This conversation can’t be listed.').waitFor({ state: 'detached' });
  await log.getByRole('button', { name: 'Copy report' }).click();
  await log.getByText('The report is copied.').waitFor();
  const [report] = await page.evaluate<string[]>('fakeCore.copied');
  expect(report).toMatch(/^Parley, report of a fault in the window\nTime: \d{4}-.*\nTypeError: /);
});

test('a conversation that fails to render leaves the list and the others usable', async () => {
  const page = await open('busy');
  await choose(page, 'Bob');
  await page.evaluate(`fakeCore.setLink(${BOB}, { phase: 'offline', problem: null, retryAt: 1 })`);
  await page.getByText('This conversation can’t be shown.').waitFor();
  await choose(page, 'Carol');
  await page.getByRole('log').getByText('No hurry though.').waitFor();
  await page.evaluate(`fakeCore.setLink(${BOB}, { phase: 'idle' })`);
  await choose(page, 'Bob');
  await page.getByRole('log').getByText('8090, same machine.').waitFor();
});

test('a dialog that fails to load says so, and can be closed', async () => {
  const page = await open('busy');
  await page.route(/settings-dialog/, (route) => route.abort());
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'This can’t be shown right now.' });
  await dialog.getByRole('button', { name: 'Reload' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await choose(page, 'Bob');
});

test('a fault of the whole window offers a way out: the page is never blank', async () => {
  const page = await open('busy');
  await choose(page, 'Bob');
  // A count that cannot be added to the others.
  await page.evaluate(`{
    fakeCore.bridge.chat.snapshot = async () => {
      const value = fakeCore.snapshot();
      const conversations = value.conversations.map((it) => ({ ...it, unread: 10n }));
      return { ok: true, value: { ...value, conversations } };
    };
    fakeCore.announceGap();
  }`);
  const fault = page.getByRole('alert').filter({ hasText: 'Parley can’t show its window.' });
  await fault.getByRole('button', { name: 'Copy report' }).waitFor();
  await fault.getByRole('button', { name: 'Reload' }).click();
  await choose(page, 'Bob');
});

test('invalid times are shown as question marks, and everything else as usual', async () => {
  const page = await open('impossible-times');
  await choose(page, 'Bob');
  const log = page.getByRole('log');
  await log.getByText('from the far future').waitFor();
  await log.getByText('from no time at all').waitFor();
  await log.getByText('from today').waitFor();
  await page.getByRole('button', { name: 'Contact details' }).click();
  await page.getByRole('dialog').getByText('?', { exact: false }).first().waitFor();
  expect(shown.complaints).toEqual([]);
});
