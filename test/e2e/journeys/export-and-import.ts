import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../../support/basics/temporary-folder.ts';
import type { Host } from '../../support/hosts/host.ts';
import { twoFriends } from './chatting.ts';
import { hear, messagesOf, open, say } from './first-chat.ts';

/** Everything is exported, deleted and imported again, and the friend is still the same friend. */
export async function exportDeleteImport(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  const { page } = alice;
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByText(/on disk$/).waitFor();

  const file = join(temporaryFolder(), 'everything.ndjson');
  await alice.save(() => settings.getByRole('button', { name: 'Export…' }).click(), file);
  await settings.getByText(/^(Your browser is saving the file|Exported to .*)\.$/).waitFor();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', records: lines.length - 2 });

  // Or he calls again at once, as a stranger now.
  await bob.quit();
  await settings.getByRole('button', { name: 'Delete everything…' }).click();
  const sure = page.getByRole('dialog', { name: 'Delete everything?' });
  const yes = sure.getByRole('button', { name: 'Delete everything' });
  // One types at once what is asked for.
  await page.keyboard.type('dele');
  const word = sure.getByRole('textbox');
  await expect.poll(() => word.inputValue()).toBe('dele');
  // It only looks as if it could not be pressed: it must not do anything either.
  await yes.click({ force: true });
  await expect.poll(() => sure.isVisible()).toBe(true);
  await word.fill('delete');
  await yes.click();
  await settings.getByText('All contacts and messages are deleted.').waitFor();
  await expect.poll(() => page.locator('.conversation-item').count()).toBe(0);

  await alice.choose(() => settings.getByRole('button', { name: 'Import…' }).click(), file);
  await settings.getByText('Added 1 contact and 2 messages.').waitFor();
  await page.keyboard.press('Escape');
  await open(page, 'Bob');
  await hear(page, 'Good to see you');

  await bob.start();
  await open(bob.page, 'Alice');
  await say(bob.page, 'Still there?');
  await hear(page, 'Still there?');
  await expect
    .poll(() => messagesOf(page).getByRole('listitem').getByRole('article').count())
    .toBe(3);
}
