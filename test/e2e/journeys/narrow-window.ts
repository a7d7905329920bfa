import { expect } from 'vitest';
import type { Host } from '../../support/hosts/host.ts';
import { twoPeople } from './chatting.ts';
import { firstChat, hear, open, say } from './first-chat.ts';

const WIDTH = 400;

/** Two people chat in windows of 400 pixels: list and conversation take turns, nothing is cut off. */
export async function narrowWindow(host: Host): Promise<void> {
  const { alice, bob } = await twoPeople(host);
  const fits = async () => {
    for (const { page } of [alice, bob]) {
      await expect.poll(() => page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(WIDTH);
    }
  };
  for (const { page } of [alice, bob]) {
    await page.setViewportSize({ width: WIDTH, height: 700 });
    // A narrow window shows the questions of the first run alone.
    await page.getByRole('button', { name: 'Start', exact: true }).click();
  }
  await firstChat({ name: 'Alice', page: alice.page }, { name: 'Bob', page: bob.page });
  await fits();

  // Back to the list, from where an unread message leads into the conversation again.
  await alice.page.getByRole('button', { name: 'Back to conversations' }).click();
  await say(bob.page, 'A longer message, which does not fit into one line of such a window');
  await alice.page.getByRole('button', { name: /Bob.*1 unread message/s }).waitFor();
  await fits();
  await open(alice.page, 'Bob');
  await hear(alice.page, 'A longer message');

  await alice.page.getByRole('button', { name: 'Contact details' }).click();
  await alice.page.getByRole('dialog', { name: 'Contact details' }).waitFor();
  await fits();
}
