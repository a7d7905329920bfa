import { beforeEach, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../../../src/shared/model/ids.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { type RawCaller, rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let bob: TestPeer;

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  bob = await TestPeer.start({ name: 'Bob', network, world });
});

const start = (name: string) => TestPeer.start({ name, network, world });
const call = (name: string) =>
  rawCaller(network, { host: name.toLowerCase(), identity: identityOf(name) }, 'bob');
const MALFORMED = '01a20302-c2f6-7c61-bf0c-f2b418313d6e';
const envelope = (body: string) => ({
  id: uuidv7(world.now(), world.randomBytes),
  body,
  sentAt: world.now(),
});

const bobs = async (name: string) => {
  const all = await bob.conversations();
  return all.find(({ contact }) => contact.name === name)?.contact.id ?? '';
};

async function block(name: string): Promise<string> {
  const contactId = await bobs(name);
  await bob.peer.app.setPolicy({ contactId, policy: 'blocked' });
  return contactId;
}

/** All that a caller can find out, in words that do not depend on when. */
async function everythingTold({ root }: RawCaller): Promise<readonly unknown[]> {
  const told = async (asked: PromiseLike<unknown>): Promise<unknown> => {
    try {
      return await asked;
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message : error}`;
    }
  };
  const hello = { protocol: 1, name: 'Eve', port: null } as const;
  const { RpcTarget } = await import('capnweb');
  const answer = await root.link(hello, new (class extends RpcTarget {})());
  const link = answer.link as unknown as Awaited<ReturnType<RawCaller['link']>>;
  const sent = [envelope('one'), envelope('two')];
  const delivered = (await told(link.deliver(sent))) as { later?: readonly string[] };
  return [
    answer.hello,
    { ...delivered, later: delivered.later?.map((id) => sent.findIndex((it) => it.id === id)) },
    await told(link.deliver([{ id: MALFORMED }])),
    await told(link.deliver([])),
    await told(link.read(envelope('').id)),
    await told(link.typing()),
    await told(link.ready()),
    await told(link.ping()),
    await told(root.greet()),
    await told(root.clock()),
    await told(root.protocol),
    await told(root.dialBack(1)),
    await told(root.chat('hello?')),
    typeof (await told(root.get_stats())),
  ];
}

/** Eve has left all that a stranger may leave. */
async function fullRoom(): Promise<void> {
  const eve = await call('Eve');
  const link = await eve.link('Eve', null);
  for (let batch = 0; batch < 4; batch += 1) {
    await link.deliver(Array.from({ length: 64 }, (_, n) => envelope(`${batch} ${n}`)));
  }
  eve.channel.close(1000, 'done');
  await world.advance(1_000);
}

test('a blocked caller gets exactly the answers of a stranger over its quota', async () => {
  await fullRoom();
  const asStranger = await everythingTold(await call('Eve'));
  await block('Eve');
  const asBlocked = await everythingTold(await call('Eve'));
  expect(asBlocked).toEqual(asStranger);
  expect(asBlocked).toContainEqual({ accepted: [], refused: [], later: [0, 1] });
});

describe('a blocked contact', () => {
  test('stores nothing here, is shown nowhere, and is never told to proceed', async () => {
    const eve = await start('Eve');
    const toBob = await eve.connect('bob:8080');
    await eve.send(toBob, 'hello');
    await world.advance(1_000);
    const contactId = await block('Eve');
    await eve.peer.app.updateSettings({ name: 'Nobody' });
    await eve.send(toBob, 'let me in');
    await world.advance(20 * 60_000);
    expect(await bob.transcript(contactId)).toEqual(['them: hello']);
    expect(await bob.conversation()).toMatchObject({
      contact: { name: 'Eve', policy: 'blocked' },
      link: { phase: 'idle' },
    });
    expect((await eve.messages(toBob)).at(-1)?.state).toBe('queued');
  });

  test('sees only that the other side has not answered yet', async () => {
    const eve = await start('Eve');
    const toBob = await eve.connect('bob:8080');
    await eve.send(toBob, 'hello');
    await world.advance(1_000);
    await block('Eve');
    await world.advance(30_000);
    await eve.send(toBob, 'let me in');
    await world.advance(30_000);
    expect((await eve.conversation()).link).toMatchObject({
      phase: 'online',
      problem: { code: 'not-answered', params: { name: 'Bob' } },
    });
  });

  test('is delivered at once when unblocked, each message once and in order', async () => {
    const eve = await start('Eve');
    const toBob = await eve.connect('bob:8080');
    await eve.send(toBob, 'one');
    await world.advance(1_000);
    const contactId = await block('Eve');
    await world.advance(10_000);
    await eve.send(toBob, 'two');
    await eve.send(toBob, 'three');
    await world.advance(30_000);
    await bob.peer.app.setPolicy({ contactId, policy: 'accepted' });
    await world.advance(30_000);
    expect(await bob.transcript(contactId)).toEqual(['them: one', 'them: two', 'them: three']);
    expect((await eve.conversation()).link).toEqual({ phase: 'online', transport: 'parley' });
  });
});

describe('a stranger', () => {
  test('sees the other side as simply online only after it is accepted', async () => {
    const eve = await start('Eve');
    const toBob = await eve.connect('bob:8080');
    await eve.send(toBob, 'hello');
    await world.advance(1_000);
    expect((await eve.messages(toBob))[0]?.state).toBe('delivered');
    expect((await eve.conversation()).link).toMatchObject({
      phase: 'online',
      problem: { code: 'not-answered' },
    });
    await bob.peer.app.setPolicy({ contactId: await bobs('Eve'), policy: 'accepted' });
    await world.advance(1_000);
    expect((await eve.conversation()).link).toEqual({ phase: 'online', transport: 'parley' });
  });

  test('over the quota is deferred, and admitted when there is a free place', async () => {
    for (let n = 0; n < 20; n += 1) await (await start(`Caller${n}`)).connect('bob:8080');
    const eve = await start('Eve');
    const toBob = await eve.connect('bob:8080');
    await eve.send(toBob, 'hello');
    await world.advance(1_000);
    expect(await bobs('Eve')).toBe('');
    expect((await eve.conversation()).link).toMatchObject({ problem: { code: 'not-answered' } });
    expect((await eve.messages(toBob))[0]?.state).toBe('queued');
    await world.advance(6 * 60_000);
    expect(await bob.transcript(await bobs('Eve'))).toEqual(['them: hello']);
  });
});

test.each(['a stranger', 'a blocked caller'])(
  '%s gets one link per connection, however often it asks, as each link costs memory',
  async (who) => {
    if (who === 'a blocked caller') {
      await (await call('Eve')).link('Eve', null);
      await block('Eve');
    }
    const eve = await call('Eve');
    const link = await eve.link('Eve', null);
    const again = Array.from({ length: 20 }, (_, n) => eve.link('Eve', null, { instance: `${n}` }));
    for (const { status } of await Promise.allSettled(again)) expect(status).toBe('rejected');
    // And keeps the one it has.
    expect(await link.ping()).toBe('pong');
  },
);
