import { expect } from 'vitest';
import type { Copy, Host } from '../../support/hosts/host.ts';
import { twoFriends } from './chatting.ts';
import { arrived, hear, messageOf, open, write } from './first-chat.ts';

/**
 * What is written while the friend is away waits, also through a crash of one's own, and arrives
 * once when both are back, in the order in which it was written.
 */
export async function lateDelivery(host: Host): Promise<void> {
  const { alice, bob } = await twoFriends(host);
  await bob.quit();
  await writeLater(alice, 'See you at seven');
  await alice.kill();
  await Promise.all([alice.start(), bob.start()]);
  await open(bob.page, 'Alice');
  await hear(bob.page, 'See you at seven');
  await open(alice.page, 'Bob');
  await arrived(messageOf(alice.page, 'See you at seven'));

  await bob.kill();
  await writeLater(alice, 'Or at eight?');
  await alice.quit();
  await Promise.all([alice.start(), bob.start()]);
  await open(bob.page, 'Alice');
  await hear(bob.page, 'Or at eight?');
  await open(alice.page, 'Bob');
  await arrived(messageOf(alice.page, 'Or at eight?'));

  for (const { page } of [alice, bob]) {
    const all = (await page.getByRole('log', { name: 'Messages' }).innerText()).split('\n');
    const said = all.filter((line) => /^(Hello Bob|Hi Alice|See you|Or at)/.test(line));
    expect(said).toEqual([
      'Hello Bob, it is Alice',
      'Hi Alice! Good to see you',
      'See you at seven',
      'Or at eight?',
    ]);
  }
}

async function writeLater({ page }: Copy, text: string): Promise<void> {
  await page.getByText('What you write is sent when they’re back.').waitFor();
  const message = await write(page, text);
  await message.getByText('Waiting').waitFor();
}
