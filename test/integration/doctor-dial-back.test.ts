import { readdirSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { diagnose } from '../../src/core/doctor/diagnose.ts';
import { createProbe } from '../../src/core/doctor/probe.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { loadOrMakeIdentity } from '../../src/core/identity/identity-file.ts';
import { createDial } from '../../src/core/net/dial/dial.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { freePort, startTcp } from '../support/network/tcp-server.ts';
import { examine, started, startPeer } from '../support/peers/doctor-fixture.ts';
import { findingOf, summary } from '../support/peers/doctoring.ts';

let mallory: PeerIdentity;
beforeAll(async () => {
  mallory = await makeIdentity(systemWorld);
});

describe('a dial-back', () => {
  test('that finds no listener is reported, with a next step', async () => {
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
      contacts: null,
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

  test('that finds another program on the profile’s port is reported', async () => {
    const folder = temporaryFolder();
    await loadOrMakeIdentity(folder, systemWorld);
    const bob = await startPeer('Bob');
    const holder = await started(startTcp(createHttp()));
    const diagnosis = await examine(bob.port, { dataDir: folder, listenPort: holder.port });
    expect(summary(diagnosis)[8]).toBe('dial-back warning inbound-other-identity');
  });

  test('goes to the running app of the profile when that has the port', async () => {
    const folder = temporaryFolder();
    const alice = await startPeer('Alice', 0, folder);
    const bob = await startPeer('Bob');
    const diagnosis = await examine(bob.port, { dataDir: folder, listenPort: alice.port });
    expect(summary(diagnosis)[8]).toBe('dial-back ok');
    expect((await alice.peer.app.snapshot({})).conversations).toEqual([]);
  });

  test('is not requested for a port that belongs to another program', async () => {
    const bob = await startPeer('Bob');
    const holder = await started(startTcp(createHttp()));
    const diagnosis = await examine(bob.port, { listenPort: holder.port });
    expect(summary(diagnosis)[8]).toBe('dial-back failed port-in-use');
  });

  test('leaves no listener behind', async () => {
    const bob = await startPeer('Bob');
    const port = await freePort();
    expect(summary(await examine(bob.port, { listenPort: port }))[8]).toBe('dial-back ok');
    expect(summary(await examine(port))[2]).toBe('route failed refused');
  });

  test('creates no identity in a folder without one', async () => {
    const folder = temporaryFolder();
    const bob = await startPeer('Bob');
    expect((await examine(bob.port, { dataDir: folder })).result).toBe('ok');
    expect(readdirSync(folder)).toEqual([]);
  });
});
