import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { connect, createServer as createTcp } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { loadOrMakeIdentity } from '../../src/core/identity/identity-file.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { type FaultProxy, startFaultProxy } from '../support/network/fault-proxy.ts';
import { startInterposer } from '../support/network/interposer.ts';
import { startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { holds, isOnlyHello } from '../support/network/wire.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

const MARKER = 'The key lies under the third flowerpot. 7f3a9c';

const running: (TcpServer | FaultProxy)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((it) => it.stop()));
});
async function started<T extends TcpServer | FaultProxy>(it: Promise<T>): Promise<T> {
  running.push(await it);
  return it;
}

let alice: RealPeer;
let bob: RealPeer;
/** The only way from Alice to whoever is at Bob's address; it records every byte that she sends. */
let wire: FaultProxy;
let toBob: string;

/** What Alice has sent on each connection since the real Bob went away. */
let known = 0;
const sent = () => wire.connections.slice(known).map(({ out }) => out.received);

/** The two have met and Bob has gone; then Alice writes to him. */
beforeEach(async () => {
  alice = await RealPeer.start('Alice');
  bob = await RealPeer.start('Bob');
  wire = await started(startFaultProxy({ target: bob.port }));
  toBob = await alice.connect(`127.0.0.1:${wire.port}`);
  await alice.untilLink(toBob, 'online');
  await alice.send(toBob, 'before');
  await alice.untilDelivered(toBob);
  await bob.stop();
  await alice.untilLink(toBob, 'offline');
  known = wire.connections.length;
  expect((await alice.with(bob)).contact.addresses).toEqual([`127.0.0.1:${wire.port}`]);
});

/** Somebody else is at Bob's address now, and Alice, who has written to Bob, tries to reach him. */
async function metBy(impostor: { readonly port: number }): Promise<void> {
  wire.retarget(impostor.port);
  await alice.send(toBob, MARKER);
  await alice.peer.app.retry({ contactId: toBob });
}

const told = (code: string) =>
  alice.untilLink(toBob, (link) => link.phase === 'offline' && link.problem.code === code);

async function expectKept(): Promise<void> {
  for (const bytes of sent()) expect(holds(bytes, MARKER)).toBe(false);
  expect(await alice.states(toBob)).toEqual(['delivered', 'queued']);
}

/** The real Bob is back, and gets once what was meant for him. */
async function expectBobGetsIt(): Promise<void> {
  bob = await RealPeer.start('Bob', { dataDir: bob.dataDir });
  wire.retarget(bob.port);
  await alice.peer.app.retry({ contactId: toBob });
  await alice.untilDelivered(toBob);
  expect(await bob.bodies((await bob.with(alice)).contact.id, 'them')).toEqual(['before', MARKER]);
}

const newIdentity = () => makeIdentity(systemWorld);

describe('a man in the middle of two contacts', () => {
  test('with a key of its own reads nothing, and Alice is warned', async () => {
    const carol = await RealPeer.start('Carol');
    const mallory = await started(startInterposer(await newIdentity(), carol.port));
    await metBy(mallory);
    const link = await told('identity-changed');
    expect(link).toMatchObject({
      retryAt: expect.any(Number),
      problem: { params: { name: 'Bob' } },
    });
    expect(mallory.accepted()).toBe(1);
    expect(mallory.decrypted()).toHaveLength(0);
    await expectKept();
    await expectBobGetsIt();
  });

  test('with Bob’s key does read it (control)', async () => {
    const carol = await RealPeer.start('Carol');
    const stolen = await loadOrMakeIdentity(bob.dataDir, systemWorld);
    const mallory = await started(startInterposer(stolen, carol.port));
    await metBy(mallory);
    await alice.untilDelivered(toBob);
    expect(holds(mallory.decrypted(), MARKER)).toBe(true);
    expect(mallory.decrypted().includes(MARKER)).toBe(false);
  });
});

describe('at the address of a contact that has been encrypted before', () => {
  const hangsUp = () => createTcp((socket) => socket.destroy());
  const silent = () => createTcp(() => undefined);

  test.each([
    ['a web server', 'plain-refused', () => createHttp((_, response) => response.end())],
    [
      'a peer of the open contract on WebSocket',
      'plain-refused',
      () => createPythonPeer('Bob', { webSocket: true }).server,
    ],
    [
      'a peer of the open contract on HTTP batch',
      'plain-refused',
      () => createPythonPeer('Bob', { webSocket: false }).server,
    ],
    ['a server that disconnects', 'secure-failed', hangsUp],
    ['a server that stays silent', 'timed-out', silent],
  ])('%s gets no plain text (%s)', async (_, code, make) => {
    await metBy(await started(startTcp(make())));
    await told(code);
    expect(sent().length).toBeGreaterThan(0);
    expect(sent().map(isOnlyHello)).toEqual(sent().map(() => true));
    await expectKept();
    await expectBobGetsIt();
  });

  test('http:// typed by hand does not change that', async () => {
    const python = createPythonPeer('Bob', { webSocket: true });
    const server = await started(startTcp(python.server));
    wire.retarget(server.port);
    await alice.send(toBob, MARKER);
    expect(await alice.connect(`http://127.0.0.1:${wire.port}`)).toBe(toBob);
    await told('plain-refused');
    expect(sent().map(isOnlyHello)).toEqual(sent().map(() => true));
    expect(python.requests).toEqual([]);
    await expectKept();
  });
});

describe('a recorded session that is replayed', () => {
  test('to Bob delivers nothing', async () => {
    const [session] = wire.connections;
    bob = await RealPeer.start('Bob', { dataDir: bob.dataDir });
    const before = await bob.conversations();
    const replay = connect({ host: '127.0.0.1', port: bob.port });
    replay.on('error', () => undefined);
    await once(replay, 'connect');
    replay.write(session?.out.received ?? '');
    replay.resume();
    await once(replay, 'close');
    expect(session?.out.bytes).toBeGreaterThan(1_000);
    const after = await bob.conversations();
    expect(after.map(({ contact }) => contact.id)).toEqual(before.map(({ contact }) => contact.id));
    expect(await bob.bodies((await bob.with(alice)).contact.id, 'them')).toEqual(['before']);
  });

  test('to Alice proves nothing, and she sends nothing', async () => {
    const recorded = wire.connections[0]?.back.received ?? Buffer.alloc(0);
    expect(recorded.length).toBeGreaterThan(1_000);
    const player = createTcp((socket) => socket.once('data', () => socket.end(recorded)));
    await metBy(await started(startTcp(player)));
    await told('secure-failed');
    expect(sent().map(isOnlyHello)).toEqual(sent().map(() => true));
    await expectKept();
    await expectBobGetsIt();
  });
});

describe('another key', () => {
  test('with the same name at the same address, as after a reinstallation, blocks sending', async () => {
    const other = await RealPeer.start('Bob', { dataDir: temporaryFolder() });
    await metBy(other);
    await told('identity-changed');
    await expectKept();
    expect(await other.conversations()).toEqual([]);
    await expectBobGetsIt();
  });

  test('with the same name on an inbound connection is another contact', async () => {
    const other = await RealPeer.start('Bob', { dataDir: temporaryFolder() });
    await alice.send(toBob, MARKER);
    const toAlice = await other.connect(`127.0.0.1:${alice.port}`);
    await other.untilLink(toAlice, 'online');
    await other.send(toAlice, 'It is me, Bob!');
    await other.untilDelivered(toAlice);
    const [first, second, ...more] = await alice.conversations();
    expect(more).toEqual([]);
    expect([first, second].map((it) => it?.contact.name)).toEqual(['Bob', 'Bob']);
    expect(second?.contact).toMatchObject({ identity: other.identity, policy: 'request' });
    expect(await alice.bodies(toBob, 'them')).toEqual([]);
    expect(await other.bodies(toAlice, 'them')).toEqual([]);
    await expectKept();
  });

  test('than the invite pins gets nothing from the first byte on', async () => {
    const carol = await RealPeer.start('Carol');
    const mallory = await started(startInterposer(await newIdentity(), carol.port));
    const second = await started(startFaultProxy({ target: mallory.port }));
    const dora = await RealPeer.start('Dora');
    const invite = `parley://127.0.0.1:${second.port}/#${bob.identity}`;
    const contact = await dora.connect(invite);
    await dora.send(contact, MARKER);
    const link = await dora.untilLink(contact, 'offline');
    expect(link).toMatchObject({
      problem: { code: 'identity-changed' },
      retryAt: expect.any(Number),
    });
    expect(mallory.decrypted()).toHaveLength(0);
    expect(second.connections.map(({ out }) => holds(out.received, MARKER))).toEqual([false]);
    expect(await dora.states(contact)).toEqual(['queued']);

    bob = await RealPeer.start('Bob', { dataDir: bob.dataDir });
    second.retarget(bob.port);
    await dora.peer.app.retry({ contactId: contact });
    await dora.untilDelivered(contact);
    expect(await bob.bodies((await bob.with(dora)).contact.id, 'them')).toEqual([MARKER]);
  });
});

test('the same key at a new address is the same conversation', async () => {
  await alice.send(toBob, MARKER);
  bob = await RealPeer.start('Bob', { dataDir: bob.dataDir });
  const moved = await started(startFaultProxy({ target: bob.port }));
  await alice.connect(`127.0.0.1:${moved.port}`);
  await alice.until('one conversation', async () => (await alice.conversations()).length === 1);
  await alice.untilDelivered(toBob);
  const { contact } = await alice.with(bob);
  expect(contact.id).toBe(toBob);
  expect(contact.addresses.slice(0, 2)).toEqual([
    `127.0.0.1:${moved.port}`,
    `127.0.0.1:${wire.port}`,
  ]);
  expect(await bob.bodies((await bob.with(alice)).contact.id, 'them')).toEqual(['before', MARKER]);
});
