import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { MessageKey } from '../../../src/renderer/i18n/catalog.ts';
import { messages as arabic } from '../../../src/renderer/i18n/catalogs/ar/index.ts';
import type { Host } from '../../support/hosts/host.ts';
import { hear, messagesOf, ownAddress, say } from './first-chat.ts';

/** A person chooses Arabic, and the whole first chat goes from right to left. */
export async function rightToLeft(host: Host): Promise<void> {
  const [layla, bob] = [await host.start({ name: 'ليلى' }), await host.start({ name: 'Bob' })];
  const { page } = layla;
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'العربية' });
  await expect.poll(() => page.locator(':root').getAttribute('dir')).toBe('rtl');
  await expect.poll(() => page.locator(':root').getAttribute('lang')).toBe('ar');
  await page.getByRole('dialog', { name: text('settings.title') }).waitFor();
  await page.keyboard.press('Escape');

  const connect = page.getByRole('textbox', { name: text('connect.label') });
  await connect.fill(await ownAddress(bob.page));
  await page.getByRole('button', { name: text('connect.button'), exact: true }).click();
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await page
    .getByRole('textbox', { name: text('composer.label'), exact: true })
    .fill('مرحبا يا بوب');
  await page.getByRole('button', { name: text('composer.send'), exact: true }).click();

  const request = bob.page.getByRole('navigation', { name: 'Conversations' });
  await request.getByRole('button', { name: 'ليلى' }).click();
  await bob.page.getByRole('button', { name: 'Accept' }).click();
  await hear(bob.page, 'مرحبا يا بوب');
  await say(bob.page, 'Marhaba, Layla');
  const log = page.getByRole('log', { name: text('messages.label') });
  const [mine, theirs] = [log.getByText('مرحبا يا بوب'), log.getByText('Marhaba, Layla')];
  await theirs.waitFor();
  const arrival = log.getByRole('listitem').filter({ hasText: 'مرحبا يا بوب' });
  await arrival.getByText(text('delivery.read'), { exact: true }).waitFor();

  // Mirrored: the list on the right, one's own words on the left, theirs on the right.
  const side = await middleOf(page.getByRole('navigation', { name: text('list.label') }));
  expect(side).toBeGreaterThan(await middleOf(log));
  await expect.poll(() => middleOf(mine)).toBeLessThan(await middleOf(theirs));
  await expect
    .poll(() => middleOf(messagesOf(bob.page).getByText('Marhaba')))
    .toBeGreaterThan(await middleOf(messagesOf(bob.page).getByText('مرحبا يا بوب')));
  await nothingCutOff(page);
}

function text(key: MessageKey): string {
  return arabic[key];
}

async function middleOf(part: Locator): Promise<number> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('It is not shown.');
  return box.x + box.width / 2;
}

async function nothingCutOff(page: Page): Promise<void> {
  const root = page.locator(':root');
  await expect
    .poll(() => root.evaluate((it) => it.scrollWidth))
    .toBe(await root.evaluate((it) => it.clientWidth));
}
