import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { Access } from '../../../../src/hosts/web/access.ts';
import { BridgeSockets, type BridgeSocketsDeps } from '../../../../src/hosts/web/bridge-sockets.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';

test('the connection of a refused upgrade is closed although the client does not read', async () => {
  const world = new FakeWorld();
  const sockets = new BridgeSockets({
    host: '127.0.0.1:8080',
    cookieName: 'parley-8080',
    access: new Access(world),
    world,
  } as Partial<BridgeSocketsDeps> as BridgeSocketsDeps);
  // Its buffers are full: no write ever ends.
  const stuck = new Duplex({ read: () => {}, write: () => {} });
  const request = { url: '/bridge', headers: { host: '127.0.0.1:8080' } };
  sockets.upgrade(request as IncomingMessage, stuck as Socket, Buffer.alloc(0));
  expect(stuck.destroyed).toBe(false);
  await world.advance(5_000);
  expect(stuck.destroyed).toBe(true);
});
