import { RpcSession } from 'capnweb';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { createListen } from '../../src/core/net/listen/server.ts';
import type { Caller, Channel, Listener } from '../../src/core/protocol/channel.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { callOver, channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import { TestRoot } from '../support/network/test-root.ts';

let alice: PeerIdentity;
let bob: PeerIdentity;
beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
  bob = await makeIdentity(systemWorld);
});

const running: Listener[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((listener) => listener.close()));
});

const credentials = (of: PeerIdentity) => ({ key: of.privateKeyPem, cert: of.certificatePem });

/** Alice as a released copy listens; `inbound` are the channels she got. */
async function startAlice(tls: ReturnType<typeof credentials> | null) {
  const inbound: Channel[] = [];
  const unexpected: unknown[] = [];
  const listen = createListen({
    world: systemWorld,
    limits: DEFAULT_LIMITS,
    tls,
    machineNames: [],
    allowedHostNames: [],
    onUnexpected: (error) => unexpected.push(error),
  });
  const listener = await listen(
    { host: '127.0.0.1', port: 0, searchPort: false },
    {
      admits: () => true,
      batchMain: (_caller: Caller) => new TestRoot('Alice'),
      onChannel: (channel) => {
        inbound.push(channel);
        new RpcSession(channel.transport, new TestRoot('Alice'));
      },
    },
  );
  running.push(listener);
  return { port: listener.port, inbound, unexpected };
}

describe('two Parley peers', () => {
  test('authenticate each other and talk encrypted', async () => {
    const server = await startAlice(credentials(alice));
    const channel = await channelFrom(
      dialTest(
        { port: server.port },
        { expectIdentity: alice.identity },
        { tls: credentials(bob) },
      ),
    );
    expect(await callOver(channel, 'greet')).toBe("Hello! I'm Alice.");
    expect(channel).toMatchObject({ identity: alice.identity, secure: true });
    expect(server.inbound).toMatchObject([{ identity: bob.identity, secure: true }]);
    channel.close(1000, 'Done.');
    await server.inbound[0]?.closed;
    expect(server.unexpected).toEqual([]);
  });

  test('need no identity for the open contract', async () => {
    const server = await startAlice(credentials(alice));
    const channel = await channelFrom(dialTest({ port: server.port, scheme: 'plain' }));
    expect(await callOver(channel, 'greet')).toBe("Hello! I'm Alice.");
    expect(server.inbound).toMatchObject([{ identity: null, secure: false }]);
    channel.close(1000, 'Done.');
    await server.inbound[0]?.closed;
  });

  test('do not confuse one identity with another', async () => {
    const server = await startAlice(credentials(alice));
    const options = { expectIdentity: bob.identity };
    const attempt = dialTest({ port: server.port }, options, { tls: credentials(bob) });
    expect((await problemFrom(attempt.dialled)).code).toBe('identity-changed');
    expect(server.inbound).toEqual([]);
  });

  test('fall back to the open contract when one has no certificate', async () => {
    const server = await startAlice(null);
    const channel = await channelFrom(
      dialTest({ port: server.port }, {}, { tls: credentials(bob) }),
    );
    expect(channel).toMatchObject({ identity: null, secure: false });
    channel.close(1000, 'Done.');
    await server.inbound[0]?.closed;
  });
});

test('a host name that the listener does not allow is explained', async () => {
  const server = await startAlice(credentials(alice));
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }] as const;
  const at = { port: server.port, host: 'alice.example', scheme: 'plain' } as const;
  expect(await problemFrom(dialTest(at, {}, { lookup }).dialled)).toMatchObject({
    code: 'call-refused',
    params: { status: 403, reason: expect.stringContaining('Use its numeric address.') },
  });
});
