import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../support/network/fault-proxy.ts';
import { freePort, startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

/** Without pings in between, every byte that leaves belongs to a call. */
const NO_PINGS = { every: 600_000, timeout: 600_000 };

const running: (TcpServer | FaultProxy)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((it) => it.stop()));
});

let alice: RealPeer;
let proxy: FaultProxy;
let toBob: string;
const states = () => alice.states(toBob);
const oneState = (state: string) =>
  alice.until(state, async () => (await states()).join() === state);

describe('a message to a peer of the open contract on a WebSocket', () => {
  let bob: RealPeer;
  const bobHas = async () => {
    const all = await bob.conversations();
    const pages = await Promise.all(all.map(({ contact }) => bob.bodies(contact.id, 'them')));
    return pages.flat();
  };
  const line = () => proxy.connections.at(-1) ?? expect.fail('no connection');

  beforeEach(async () => {
    bob = await RealPeer.start('Bob');
    alice = await RealPeer.start('Alice', { heartbeat: NO_PINGS });
    proxy = await startFaultProxy({ target: bob.port });
    running.push(proxy);
    toBob = await alice.connect(`http://127.0.0.1:${proxy.port}`);
    expect(await alice.untilLink(toBob, 'online')).toMatchObject({ transport: 'websocket' });
  });

  /** The line works again and Alice knows it; nothing may come of that by itself. */
  const heal = async () => {
    proxy.heal();
    alice.peer.networkChanged();
    await alice.untilLink(toBob, 'online');
  };

  test('stays queued while the connection is down, and is sent once when it is back', async () => {
    proxy.retarget(await freePort());
    proxy.cutAll('rst');
    await alice.untilLink(toBob, 'offline');
    await alice.send(toBob, 'later');
    alice.peer.networkChanged();
    await alice.untilLink(toBob, (it) => it.phase === 'offline');
    expect(await states()).toEqual(['queued']);
    proxy.retarget(bob.port);
    await heal();
    await alice.untilDelivered(toBob);
    expect(await bobHas()).toEqual(['later']);
  });

  test.each([
    ['none of it', 0],
    ['a part of it', 20],
  ])('that was sent, though %s arrived, is unconfirmed and not resent', async (_, after) => {
    const before = line().out.bytes;
    line().out.fault = { type: 'cut', after: before + after, how: 'rst' };
    await alice.send(toBob, 'half a message');
    await oneState('unconfirmed');
    expect(proxy.connections[0]?.out.bytes).toBeGreaterThan(before);
    await heal();
    await alice.send(toBob, 'the next one');
    await alice.until('delivery', async () => (await states())[1] === 'delivered');
    expect(await states()).toEqual(['unconfirmed', 'delivered']);
    expect(await bobHas()).toEqual(['the next one']);
  });

  test('whose answer was lost is unconfirmed and not resent', async () => {
    line().back.fault = { type: 'cut', after: line().back.bytes, how: 'rst' };
    await alice.send(toBob, 'arrived');
    await oneState('unconfirmed');
    await heal();
    await alice.send(toBob, 'the next one');
    await alice.until('delivery', async () => (await states())[1] === 'delivered');
    expect(await bobHas()).toEqual(['arrived', 'the next one']);
  });

  test('is resent when the user says so, and only then', async () => {
    line().out.fault = { type: 'cut', after: 0, how: 'fin' };
    const { id } = await alice.send(toBob, 'once more');
    await oneState('unconfirmed');
    await heal();
    expect(await bobHas()).toEqual([]);
    await alice.peer.app.sendAgain({ contactId: toBob, messageId: id });
    await alice.untilDelivered(toBob);
    expect(await bobHas()).toEqual(['once more']);
  });

  test('is settled after a restart of the sender', async () => {
    line().out.fault = { type: 'cut', after: 0, how: 'rst' };
    await alice.send(toBob, 'before the restart');
    await oneState('unconfirmed');
    await alice.stop();
    alice = await RealPeer.start('Alice', { dataDir: alice.dataDir });
    await alice.untilLink(toBob, 'online');
    expect(await states()).toEqual(['unconfirmed']);
    expect(await bobHas()).toEqual([]);
  });
});

describe('a message to a peer of the open contract on HTTP batch', () => {
  let python: ReturnType<typeof createPythonPeer>;
  let server: TcpServer;
  const chats = () => python.requests.filter((body) => body.includes('"chat"')).length;

  beforeEach(async () => {
    python = createPythonPeer('Bob', { webSocket: false });
    server = await startTcp(python.server);
    proxy = await startFaultProxy({ target: server.port });
    running.push(server, proxy);
    alice = await RealPeer.start('Alice');
    toBob = await alice.connect(`http://127.0.0.1:${proxy.port}`);
    expect(await alice.untilLink(toBob, 'online')).toMatchObject({ transport: 'batch' });
  });

  test('whose connection was refused is still queued after a restart, then sent once', async () => {
    await proxy.stop();
    running.splice(running.indexOf(proxy), 1);
    await alice.send(toBob, 'nobody there');
    await alice.untilLink(toBob, 'offline');
    expect(await states()).toEqual(['queued']);
    await alice.stop();
    alice = await RealPeer.start('Alice', { dataDir: alice.dataDir });
    await alice.untilLink(toBob, 'offline');
    expect(await states()).toEqual(['queued']);
    proxy = await startFaultProxy({ target: server.port, port: proxy.port });
    running.push(proxy);
    alice.peer.networkChanged();
    await alice.untilDelivered(toBob);
    expect(chats()).toBe(1);
  });

  test.each(['out', 'back'] as const)('cut in transit (%s) is unconfirmed', async (direction) => {
    proxy.planNext(() => ({ [direction]: { type: 'cut', after: 10, how: 'rst' } }));
    await alice.send(toBob, 'cut');
    await oneState('unconfirmed');
    expect(chats()).toBe(direction === 'out' ? 0 : 1);
    proxy.heal();
    await alice.send(toBob, 'the next one');
    await alice.until('delivery', async () => (await states())[1] === 'delivered');
    expect(await states()).toEqual(['unconfirmed', 'delivered']);
    expect(chats()).toBe(direction === 'out' ? 1 : 2);
  });
});
