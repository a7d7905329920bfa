import { expect, test } from 'vitest';
import { uuidv7 } from '../../../../src/shared/model/ids.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';
import { slowStore } from '../../../support/storage/slow-store.ts';

const setUp = async () => {
  const world = new FakeWorld();
  const network = new MemoryNetwork(world);
  const store = slowStore(world, 0);
  const alice = await TestPeer.start({ name: 'Alice', network, world, store });
  const envelope = (body: string) => ({
    id: uuidv7(world.now(), world.randomBytes),
    body,
    sentAt: world.now(),
  });
  return { world, network, store, alice, envelope };
};

test('a stranger cannot exceed its quota by a hundred concurrent calls', async () => {
  const { world, network, store, alice, envelope } = await setUp();
  const eve = await rawCaller(network, { host: 'eve', identity: identityOf('Eve') }, 'alice');
  const link = await eve.link('Eve', null);
  store.delay = 5;
  store.readDelay = 5;
  const flood = Promise.allSettled(
    Array.from({ length: 100 }, () =>
      link.deliver(Array.from({ length: 64 }, () => envelope('spam'))),
    ),
  );
  await world.advance(10_000);
  await flood;
  store.readDelay = 0;
  const { contact } = await alice.conversation();
  expect((await store.page(contact.id, null, 10_000)).messages.length).toBeLessThanOrEqual(263);
});

test('a guest cannot exceed its quota by a hundred concurrent calls', async () => {
  const { world, network, store, alice } = await setUp();
  const script = await rawCaller(network, { host: 'eve', identity: null }, 'alice');
  await script.root.chat('first');
  store.delay = 5;
  store.readDelay = 5;
  const flood = Promise.allSettled(Array.from({ length: 400 }, () => script.root.chat('spam')));
  await world.advance(10_000);
  await flood;
  store.readDelay = 0;
  const { contact } = await alice.conversation();
  expect((await store.page(contact.id, null, 10_000)).messages.length).toBeLessThanOrEqual(200);
});

test('an incoming message under the id of one of ours is refused, and ours stays unchanged', async () => {
  const { world, network, alice, envelope } = await setUp();
  const bob = await rawCaller(network, { host: 'bob', identity: identityOf('Bob') }, 'alice');
  const link = await bob.link('Bob', null);
  const { contact } = await alice.conversation();
  const ours = await alice.send(contact.id, 'mine');
  await world.advance(1_000);
  const answer = await link.deliver([{ ...envelope('theirs'), id: ours.id }]);
  expect(answer).toMatchObject({ accepted: [], refused: [{ id: ours.id }] });
  const eve = await rawCaller(network, { host: 'eve', identity: identityOf('Eve') }, 'alice');
  const evesLink = await eve.link('Eve', null);
  await evesLink.read(ours.id);
  await evesLink.deliver([{ ...envelope('from Eve'), id: ours.id }]);
  await world.advance(1_000);
  const before = await alice.messages(contact.id);
  expect(before.map(({ author, body }) => `${author}: ${body}`)).toEqual(['me: mine']);
  expect(before[0]?.state).not.toBe('read');
});

test('messages with impossible clocks stay in order of arrival', async () => {
  const { network, alice, envelope } = await setUp();
  const bob = await rawCaller(network, { host: 'bob', identity: identityOf('Bob') }, 'alice');
  const link = await bob.link('Bob', null);
  const clocks = [Date.UTC(2026, 0, 1), 0, 8_640_000_000_000_000, 1];
  for (const sentAt of clocks) await link.deliver([{ ...envelope(`${sentAt}`), sentAt }]);
  const { contact } = await alice.conversation();
  expect((await alice.messages(contact.id)).map(({ body }) => Number(body))).toEqual(clocks);
});

test('a malformed envelope is refused by itself, and its neighbours are stored', async () => {
  const { network, alice, envelope } = await setUp();
  const bob = await rawCaller(network, { host: 'bob', identity: identityOf('Bob') }, 'alice');
  const link = await bob.link('Bob', null);
  const good = [envelope('one'), envelope('two')] as const;
  const bad = [
    { ...envelope('half a millisecond'), sentAt: 1.5 },
    { ...envelope('no text'), body: 7 },
  ] as const;
  const answer = await link.deliver([good[0], bad[0], bad[1], good[1]]);
  expect(answer.accepted).toEqual(good.map(({ id }) => id));
  expect(answer.refused.map(({ id }) => id)).toEqual(bad.map(({ id }) => id));
  const { contact } = await alice.conversation();
  expect(await alice.transcript(contact.id)).toEqual(['them: one', 'them: two']);
  expect(await link.deliver([bad[0]])).toMatchObject({
    accepted: [],
    refused: [{ id: bad[0].id }],
  });
  await expect(link.deliver([{ body: 'without id' }])).rejects.toThrow();
});
