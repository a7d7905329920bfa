import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

/** The key of a profile on a second computer; its history is another one by now. */
function copyOf({ dataDir }: RealPeer): string {
  const copy = temporaryFolder();
  mkdirSync(copy, { recursive: true });
  for (const file of readdirSync(dataDir)) {
    if (file.startsWith('identity')) cpSync(join(dataDir, file), join(copy, file));
  }
  return copy;
}

const hears = (peer: RealPeer, code: string) =>
  peer.until(`the warning ${code}`, async () =>
    (await peer.peer.app.snapshot({})).self.warnings.some((it) => it.code === code),
  );

test('a profile that is online in two places is reported to the contact and to both places', async () => {
  const alice = await RealPeer.start('Alice');
  const desktop = await RealPeer.start('Bob');
  const laptop = await RealPeer.start('Bob', { dataDir: copyOf(desktop) });
  expect(laptop.identity).toBe(desktop.identity);
  const toAlice = await desktop.connect(`127.0.0.1:${alice.port}`);
  await desktop.send(toAlice, 'Hello');
  await desktop.untilDelivered(toAlice);
  const { contact } = await alice.with(desktop);
  await alice.peer.app.setPolicy({ contactId: contact.id, policy: 'accepted' });
  await laptop.connect(`127.0.0.1:${alice.port}`);
  await hears(alice, 'contact-copies');
  await hears(desktop, 'own-copy-seen');
  await hears(laptop, 'own-copy-seen');
});
