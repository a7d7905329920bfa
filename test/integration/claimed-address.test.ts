import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { realCaller } from '../support/network/real-caller.ts';
import { freePort } from '../support/network/tcp-server.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

/** A squatter on Bob's computer says that it listens at Bob's port, and Alice takes it for a contact. */
async function squatted() {
  const alice = await RealPeer.start('Alice');
  const port = await freePort();
  const caller = await realCaller(alice.port);
  const link = await caller.link({ name: 'Bob', port });
  const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
  await link.deliver([{ id, body: 'hello', sentAt: 0 }]);
  const { contact } = await alice.with(caller);
  await alice.peer.app.setPolicy({ contactId: contact.id, policy: 'accepted' });
  await alice.until('the claim', async () =>
    (await alice.with(caller)).contact.addresses.includes(`127.0.0.1:${port}`),
  );
  return { alice, port, squatter: contact.id };
}

test('a message typed for an address goes to the peer that answers there, not to a contact that claims it', async () => {
  const { alice, port, squatter } = await squatted();
  const bob = await RealPeer.start('Bob', { port });
  const typed = await alice.connect(`127.0.0.1:${port}`);
  await alice.send(typed, 'for Bob only');
  await alice.until('Bob', async () =>
    (await alice.conversations()).some(({ contact }) => contact.identity === bob.identity),
  );
  const toBob = (await alice.with(bob)).contact.id;
  await alice.untilDelivered(toBob);
  expect(await bob.bodies((await bob.with(alice)).contact.id, 'them')).toEqual(['for Bob only']);
  expect(await alice.bodies(squatter, 'me')).toEqual([]);
});

test('a message typed for a claimed address stays queued while no peer answers there', async () => {
  const { alice, port, squatter } = await squatted();
  const typed = await alice.connect(`127.0.0.1:${port}`);
  expect(typed).not.toBe(squatter);
  await alice.send(typed, 'for Bob only');
  await alice.untilLink(typed, 'offline');
  expect(await alice.states(typed)).toEqual(['queued']);
  expect(await alice.bodies(squatter, 'me')).toEqual([]);
});
