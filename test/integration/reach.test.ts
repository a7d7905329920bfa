import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { createListen } from '../../src/core/net/listen/server.ts';
import { connectOpenClient, startNodePeer } from '../../src/core/node-peer.ts';
import type { Peer } from '../../src/core/peer.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { freePort } from '../support/basics/free-port.ts';

const peers: Peer[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.stop();
});

async function start(name: string) {
  const port = await freePort();
  const peer = await startNodePeer({
    name,
    port,
    dataDir: null,
    defaultName: name,
    onUnexpected: (error) => expect.fail(String(error)),
  });
  peers.push(peer);
  return { peer, port };
}

describe('the reach of a peer', () => {
  // What "my network" listens on is told in test/unit/core/endpoint/local-endpoint.test.ts: no test opens a port
  // of the machine that it runs on to anybody else.
  test('is this computer only, until the user changes it', async () => {
    const { peer, port } = await start('Alice');
    const { self } = await peer.app.snapshot({});
    expect(self.listening).toEqual({ host: '127.0.0.1', port });
    expect(self.addresses.map(({ kind }) => kind)).toEqual(['this-computer']);
  });

  test('excludes unencrypted callers from other computers, with a reason', async () => {
    const listener = await createListen({
      world: systemWorld,
      limits: DEFAULT_LIMITS,
      tls: null,
      machineNames: [],
      allowedHostNames: [],
      onUnexpected: (error) => expect.fail(String(error)),
    })(
      { host: '127.0.0.1', port: 0, searchPort: false },
      {
        admits: ({ remoteHost }) => remoteHost !== '127.0.0.1',
        batchMain: () => expect.fail('a caller who is not admitted was served'),
        onChannel: () => expect.fail('a caller who is not admitted got a channel'),
      },
    );
    const refused = await fetch(`http://127.0.0.1:${listener.port}/rpc/batch`, {
      method: 'POST',
      body: '["push",["pipeline",0,["greet"],[]]]\n["pull",1]',
    });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('only encrypted Parley peers');
    const socket = new WebSocket(`ws://127.0.0.1:${listener.port}/rpc/ws`);
    const [response] = await once(socket, 'unexpected-response').then(([, it]) => [it]);
    expect(response.statusCode).toBe(403);
    // Given up before it was open: that is what the test is about.
    socket.on('error', () => {});
    socket.terminate();
    await listener.close();
  });

  test('can be changed while chatting: contacts reconnect by themselves', async () => {
    const { peer: alice, port: before } = await start('Alice');
    const { peer: bob } = await start('Bob');
    const { contactId } = await bob.app.connect({ address: `127.0.0.1:${before}` });
    await online(bob, contactId);
    const port = await freePort();
    await alice.app.updateSettings({ port });
    await online(bob, contactId);
    const client = await connectOpenClient({ scheme: 'auto', host: '127.0.0.1', port });
    expect(await client.greet()).toBe("Hello! I'm Alice.");
    client.close();
  });
});

function online(peer: Peer, contactId: string): Promise<void> {
  return new Promise((resolve) => {
    let done = false;
    const look = async (): Promise<void> => {
      const { conversations } = await peer.app.snapshot({});
      const mine = conversations.find(({ contact }) => contact.id === contactId);
      if (done || mine?.link.phase !== 'online') return;
      done = true;
      stop();
      resolve();
    };
    const stop = peer.app.subscribe(Number.MAX_SAFE_INTEGER, () => void look());
    void look();
  });
}
