import { readdirSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../src/peer/doctor/diagnose.ts';
import { diagnoseAlone, type NodeDoctorOptions } from '../../src/peer/doctor/node-doctor.ts';
import { createProbe } from '../../src/peer/doctor/probe.ts';
import { loadOrMakeIdentity } from '../../src/peer/identity-file.ts';
import { makeIdentity, type PeerIdentity } from '../../src/peer/identity-maker.ts';
import { createDial } from '../../src/peer/net/dial.ts';
import { startNodePeer } from '../../src/peer/node-peer.ts';
import type { Peer } from '../../src/peer/peer.ts';
import { systemWorld } from '../../src/peer/system-world.ts';
import type { Diagnosis } from '../../src/shared/diagnosis.ts';
import { identityCode } from '../../src/shared/identity-text.ts';
import { DEFAULT_LIMITS } from '../../src/shared/limits.ts';
import { findingOf, summary } from '../support/doctoring.ts';
import { createPythonPeer } from '../support/python-peer.ts';
import { freePort, startRecording, startTcp, type TcpServer } from '../support/tcp-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createTlsPeer } from '../support/tls-peer.ts';

const servers: TcpServer[] = [];
const peers: Peer[] = [];
async function started<T extends TcpServer>(server: Promise<T>): Promise<T> {
  servers.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

let mallory: PeerIdentity;
beforeAll(async () => {
  mallory = await makeIdentity(systemWorld);
});

interface Running {
  readonly peer: Peer;
  readonly port: number;
  readonly identity: string;
}

/** A real core on loopback. */
async function startPeer(name: string, port = 0, dataDir: string | null = null): Promise<Running> {
  const peer = await startNodePeer({
    name,
    port,
    dataDir,
    defaultName: name,
    onUnexpected: (error) => {
      throw error;
    },
  });
  peers.push(peer);
  const { listening, identity } = (await peer.app.snapshot({})).self;
  return { peer, port: listening?.port ?? 0, identity: identity ?? '' };
}

/** The doctor without a peer, with little patience. */
const examine = (
  address: string | number,
  options: Partial<NodeDoctorOptions> = {},
): Promise<Diagnosis> =>
  diagnoseAlone(typeof address === 'number' ? `127.0.0.1:${address}` : address, {
    dataDir: null,
    listenPort: null,
    timeouts: { silence: 100, recognise: 200 },
    onUnexpected: (error) => {
      throw error;
    },
    ...options,
  });

describe('the doctor tells what is at an address:', () => {
  test('a name that nobody has', async () => {
    const lookup = async () =>
      Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const diagnosis = await examine('alcie.example:8080', { lookup });
    expect(summary(diagnosis)[1]).toBe('name failed name-not-found');
  });

  test('a port that refuses', async () => {
    const diagnosis = await examine(await freePort());
    expect(summary(diagnosis).slice(0, 4)).toEqual([
      'address ok',
      'name ok',
      'route failed refused',
      'encryption skipped',
    ]);
  });

  test('something that accepts and stays silent', async () => {
    const silent = await started(startRecording(() => {}));
    const diagnosis = await examine(silent.port);
    expect(summary(diagnosis).slice(2, 5)).toEqual([
      'route ok',
      'encryption warning not-encrypted',
      'peer failed peer-silent',
    ]);
    expect(findingOf(diagnosis, 'encryption').detail).toContain('without answering');
    await silent.allClosed();
  });

  test('a web server', async () => {
    const server = createHttp((_request, response) => response.end('<h1>Hello</h1>'));
    const { port, allClosed } = await started(startTcp(server));
    const diagnosis = await examine(port);
    expect(summary(diagnosis).slice(3, 5)).toEqual([
      'encryption warning not-encrypted',
      'peer failed not-a-peer',
    ]);
    await allClosed();
  });

  test('a peer of the open contract in another language', async () => {
    const { server } = createPythonPeer('Alice', { webSocket: true });
    const { port, allClosed } = await started(startTcp(server));
    const diagnosis = await examine(port);
    expect(diagnosis.result).toBe('warning');
    expect(summary(diagnosis).slice(4, 6)).toEqual(['peer ok', 'contract ok']);
    expect(findingOf(diagnosis, 'peer').detail).toBe('It answers as Alice.');
    expect(findingOf(diagnosis, 'contract').detail).toBe('The open contract, over a WebSocket.');
    await allClosed();
  });

  test('a peer that only takes HTTP batches', async () => {
    const { server } = createPythonPeer('Alice', { webSocket: false });
    const { port } = await started(startTcp(server));
    const diagnosis = await examine(port);
    expect(summary(diagnosis).slice(4, 6)).toEqual(['peer ok', 'contract warning batch-only']);
  });

  test('an encrypted peer that is older than these questions', async () => {
    const { server } = createTlsPeer(mallory);
    const { port, allClosed } = await started(startTcp(server));
    const diagnosis = await examine(port);
    expect(summary(diagnosis).slice(3)).toEqual([
      'encryption ok',
      'peer ok',
      'contract warning protocol-unknown',
      'identity ok',
      'clock skipped',
      'dial-back skipped',
    ]);
    await allClosed();
  });

  test('a Parley peer, without a trace in its windows', async () => {
    const bob = await startPeer('Bob');
    const diagnosis = await examine(bob.port, { listenPort: 0 });
    expect(summary(diagnosis)).toEqual([
      'address ok',
      'name ok',
      'route ok',
      'encryption ok',
      'peer ok',
      'contract ok',
      'identity ok',
      'clock ok',
      'dial-back ok',
    ]);
    expect(findingOf(diagnosis, 'encryption').detail).toContain(identityCode(bob.identity));
    expect((await bob.peer.app.snapshot({})).conversations).toEqual([]);
  });

  test('a Parley peer whose clock is an hour ahead', async () => {
    const bob = await startPeer('Bob');
    const world = { ...systemWorld, now: () => systemWorld.now() - 3_600_000 };
    const finding = findingOf(await examine(bob.port, { world }), 'clock');
    expect(finding).toMatchObject({ result: 'warning', problem: { code: 'clock-differs' } });
    expect(finding.detail).toContain('60 minutes ahead of ours');
  });

  test('somebody else than the invite promises, who learns nothing', async () => {
    const { server, decrypted } = createTlsPeer(mallory);
    const { port, allClosed } = await started(startTcp(server));
    const bob = (await makeIdentity(systemWorld)).identity;
    const diagnosis = await examine(`parley://127.0.0.1:${port}/#${bob}`);
    expect(summary(diagnosis).slice(3, 5)).toEqual([
      'encryption failed identity-changed',
      'peer skipped',
    ]);
    const { detail } = findingOf(diagnosis, 'encryption');
    expect(detail).toContain(`Expected: ${identityCode(bob)}`);
    expect(detail).toContain(`Found: ${identityCode(mallory.identity)}`);
    await allClosed();
    expect(decrypted()).toHaveLength(0);
  });

  test('nothing encrypted where the address asks for it, and not a byte goes out in the clear', async () => {
    const plain = await started(startRecording((socket) => socket.end('HTTP/1.1 400 No\r\n\r\n')));
    const diagnosis = await examine(`parley://127.0.0.1:${plain.port}`);
    expect(summary(diagnosis)[3]).toBe('encryption failed secure-failed');
    await plain.allClosed();
    expect(plain.received().subarray(0, 1)).toEqual(Buffer.from([0x16]));
    expect(plain.received().includes('HTTP')).toBe(false);
  });
});

describe('the doctor of a running peer', () => {
  test('knows a contact again, and is called back where it listens', async () => {
    const alice = await startPeer('Alice');
    const bob = await startPeer('Bob');
    const address = `127.0.0.1:${bob.port}`;
    await alice.peer.app.connect({ address });
    await online(alice.peer);
    const diagnosis = await alice.peer.app.diagnose({ address });
    expect(diagnosis.result).toBe('ok');
    expect(findingOf(diagnosis, 'encryption').detail).toContain('As expected');
    expect(findingOf(diagnosis, 'identity').detail).toContain('This is Bob');
    expect(findingOf(diagnosis, 'dial-back').detail).toContain(`on port ${alice.port}`);
    expect((await alice.peer.app.snapshot({})).conversations[0]?.link.phase).toBe('online');
  });

  test('warns when somebody else answers where a contact was', async () => {
    const alice = await startPeer('Alice');
    const bob = await startPeer('Bob');
    const address = `127.0.0.1:${bob.port}`;
    await alice.peer.app.connect({ address });
    await online(alice.peer);
    await bob.peer.stop();
    peers.splice(peers.indexOf(bob.peer), 1);
    await startPeer('Bob', bob.port);
    const diagnosis = await alice.peer.app.diagnose({ address });
    expect(summary(diagnosis)[3]).toBe('encryption failed identity-changed');
  });
});

describe('a call back', () => {
  test('that finds nothing listening is told, with what to do', async () => {
    const bob = await startPeer('Bob');
    const port = await freePort();
    const { privateKeyPem: key, certificatePem: cert, identity } = mallory;
    const network = { world: systemWorld, limits: DEFAULT_LIMITS, tls: { key, cert } };
    const diagnosis = await diagnose(`127.0.0.1:${bob.port}`, {
      ...network,
      identity,
      probe: createProbe(network),
      dial: createDial(network),
      isOwn: () => false,
      contactAt: () => null,
      contactOf: () => null,
      inbound: async () => ({ type: 'listening', port, localOnly: false, close: async () => {} }),
      onUnexpected: (error) => {
        throw error;
      },
    });
    expect(findingOf(diagnosis, 'dial-back').problem).toMatchObject({
      code: 'inbound-refused',
      params: { name: 'Bob', port },
    });
  });

  test('that finds another program on the port of the profile is told', async () => {
    const folder = temporaryFolder();
    await loadOrMakeIdentity(folder, systemWorld);
    const bob = await startPeer('Bob');
    const holder = await started(startTcp(createHttp()));
    const diagnosis = await examine(bob.port, { dataDir: folder, listenPort: holder.port });
    expect(summary(diagnosis)[8]).toBe('dial-back warning inbound-other-identity');
  });

  test('is for the running copy of the profile, when that has the port', async () => {
    const folder = temporaryFolder();
    const alice = await startPeer('Alice', 0, folder);
    const bob = await startPeer('Bob');
    const diagnosis = await examine(bob.port, { dataDir: folder, listenPort: alice.port });
    expect(summary(diagnosis)[8]).toBe('dial-back ok');
    expect((await alice.peer.app.snapshot({})).conversations).toEqual([]);
  });

  test('is not asked for on a port that belongs to somebody else', async () => {
    const bob = await startPeer('Bob');
    const holder = await started(startTcp(createHttp()));
    const diagnosis = await examine(bob.port, { listenPort: holder.port });
    expect(summary(diagnosis)[8]).toBe('dial-back failed port-in-use');
  });

  test('leaves nothing listening', async () => {
    const bob = await startPeer('Bob');
    const port = await freePort();
    expect(summary(await examine(bob.port, { listenPort: port }))[8]).toBe('dial-back ok');
    expect(summary(await examine(port))[2]).toBe('route failed refused');
  });

  test('makes no identity in a folder that has none', async () => {
    const folder = temporaryFolder();
    const bob = await startPeer('Bob');
    expect((await examine(bob.port, { dataDir: folder })).result).toBe('ok');
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** Resolves when the only contact is online. */
async function online({ app }: Peer): Promise<void> {
  const { seq, conversations } = await app.snapshot({});
  if (conversations[0]?.link.phase === 'online') return;
  await new Promise<void>((resolve) => {
    const unsubscribe = app.subscribe(seq, (batch) => {
      if (batch.type === 'gap') return;
      for (const { event } of batch.events) {
        if (event.type !== 'conversation-changed') continue;
        if (event.conversation.link.phase !== 'online') continue;
        queueMicrotask(() => unsubscribe());
        resolve();
      }
    });
  });
}
