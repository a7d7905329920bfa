import { expect } from 'vitest';
import type { Host } from '../../support/hosts/host.ts';
import { twoFriends } from './chatting.ts';
import { say } from './first-chat.ts';

/** What goes over a connection can be watched, without what people wrote. */
export async function connectionLog(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  const { page } = alice;
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Connection log' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection log' });
  const keep = dialog.getByRole('switch', { name: 'Keep a log of this connection' });
  await keep.click();
  await dialog.getByText('Nothing yet.').waitFor();

  await say(bob.page, 'a secret for Alice');
  const entries = dialog.getByRole('list', { name: 'Log entries' });
  const delivery = entries.getByRole('listitem').filter({ hasText: 'Hands over 1 message' });
  await delivery.locator('summary').click();
  await delivery.getByText('•••').waitFor();
  await expect.poll(() => dialog.getByText('a secret for Alice').count()).toBe(0);
  await delivery.locator('summary').click();
  await host.photograph(page, 'connection-log', 760);
  await delivery.locator('summary').click();
  await dialog.getByRole('switch', { name: 'Show what people wrote' }).check();
  await delivery.getByText('a secret for Alice').waitFor();
  await keep.click();
  await entries.waitFor({ state: 'detached' });
}
