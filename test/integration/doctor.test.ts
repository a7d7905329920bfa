import { createServer as createHttp } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { identityCode } from '../../src/shared/address/identity-text.ts';
import { freePort, startRecording, startTcp } from '../support/network/tcp-server.ts';
import { examine, online, started, startPeer, stopPeer } from '../support/peers/doctor-fixture.ts';
import { findingOf, summary } from '../support/peers/doctoring.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';
import { createTlsPeer } from '../support/peers/tls-peer.ts';

let mallory: PeerIdentity;
beforeAll(async () => {
  mallory = await makeIdentity(systemWorld);
});

describe('the doctor identifies at an address', () => {
  test('an unknown name', async () => {
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

  test('a server that accepts and stays silent', async () => {
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

  test('a peer with HTTP batch only', async () => {
    const { server } = createPythonPeer('Alice', { webSocket: false });
    const { port } = await started(startTcp(server));
    const diagnosis = await examine(port);
    expect(summary(diagnosis).slice(4, 6)).toEqual(['peer ok', 'contract warning batch-only']);
  });

  test('an encrypted peer that is too old for these questions', async () => {
    const { server } = createTlsPeer(mallory);
    const { port, allClosed } = await started(startTcp(server));
    const diagnosis = await examine(port);
    expect(summary(diagnosis).slice(3)).toEqual([
      'encryption ok',
      'peer ok',
      'contract warning protocol-unknown',
      'identity skipped',
      'clock skipped',
      'dial-back skipped',
    ]);
    await allClosed();
  });

  test('a Parley peer, without leaving a trace in its history', async () => {
    const bob = await startPeer('Bob');
    const diagnosis = await examine(bob.port, { listenPort: 0 });
    expect(summary(diagnosis)).toEqual([
      'address ok',
      'name ok',
      'route ok',
      'encryption ok',
      'peer ok',
      'contract ok',
      'identity skipped',
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

  test('another identity than the invite pins, which learns nothing', async () => {
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

  test('a plain-text server where encryption is required, without sending a byte in plain text', async () => {
    const plain = await started(startRecording((socket) => socket.end('HTTP/1.1 400 No\r\n\r\n')));
    const diagnosis = await examine(`parley://127.0.0.1:${plain.port}`);
    expect(summary(diagnosis)[3]).toBe('encryption failed secure-failed');
    await plain.allClosed();
    expect(plain.received().subarray(0, 1)).toEqual(Buffer.from([0x16]));
    expect(plain.received().includes('HTTP')).toBe(false);
  });
});

describe('the doctor of a running peer', () => {
  test('recognises a contact, and is dialled back where it listens', async () => {
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

  test('warns when another identity answers at a contact’s address', async () => {
    const alice = await startPeer('Alice');
    const bob = await startPeer('Bob');
    const address = `127.0.0.1:${bob.port}`;
    await alice.peer.app.connect({ address });
    await online(alice.peer);
    await stopPeer(bob.peer);
    await startPeer('Bob', bob.port);
    const diagnosis = await alice.peer.app.diagnose({ address });
    expect(summary(diagnosis)[3]).toBe('encryption failed identity-changed');
  });
});
