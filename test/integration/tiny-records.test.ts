import { beforeAll, describe, expect, it } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { type Records, tlsByHand } from '../support/tls-by-hand.ts';
import { openWebSocket, startServer } from './server-fixture.ts';

const MANY = 5_000;
const NOTHING = Buffer.alloc(0);

/** A call of somebody who says a lot. */
const CALL = `["push",["pipeline",0,["chat"],["${'a'.repeat(MANY)}"]]]\n["pull",1]`;
const REQUEST = `POST /rpc/batch HTTP/1.1\r\nHost: a\r\nContent-Length: ${CALL.length}\r\n\r\n${CALL}`;

let alice: PeerIdentity;
let bob: PeerIdentity;
beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
  bob = await makeIdentity(systemWorld);
});

type Seal = (request: Buffer, records: Records) => Buffer[];

/** A sender of records that hold one byte each. */
const single: Seal = (request, { data }) =>
  Array.from(request, (_, index) => data(request.subarray(index, index + 1)));
const newKeys: Seal = (request, { data, newKey }) => [
  ...Array.from({ length: MANY }, newKey),
  data(request),
];
// OpenSSL takes 32 empty ones in a row.
const empty: Seal = (request, { data }) =>
  Array.from(request.subarray(0, request.length / 8), (_, index) => [
    ...Array.from({ length: 8 }, () => data(NOTHING)),
    data(request.subarray(index * 8, index * 8 + 8)),
  ])
    .flat()
    .concat(data(request.subarray(request.length - (request.length % 8))));

describe('a caller that sends', () => {
  it.each([
    ['one byte in each record', single],
    ['records without a byte', empty],
    ['a new key again and again', newKeys],
  ])('%s is served, and others in turn with it', async (_, pieces) => {
    const tls = { key: alice.privateKeyPem, cert: alice.certificatePem };
    const server = await startServer({ deps: { tls } });
    const honest = await openWebSocket(`ws://127.0.0.1:${server.port}/rpc/ws`);
    let sent = false;
    let over = false;
    const flood = tlsByHand({
      ...bob,
      port: server.port,
      localAddress: '127.0.0.2',
      request: REQUEST,
      seal: (request, records) => {
        const sealed = pieces(request, records);
        sent = true;
        return sealed;
      },
    }).finally(() => {
      over = true;
    });
    let meanwhile = 0;
    for (let id = 1; !over; id += 1) {
      honest.socket.send(`["push",["pipeline",0,["greet"],[]]]\n["pull",${id}]`);
      const frames = await honest.framesUpTo(id);
      expect(frames[id - 1]).toBe(`["resolve",${id},"Hello! I'm Alice."]`);
      if (sent && !over) meanwhile += 1;
    }
    expect(await flood).toMatchObject({
      type: 'answered',
      text: expect.stringContaining('Thanks for the message #1!'),
    });
    expect(server.received).toEqual(['a'.repeat(MANY)]);
    // It comes in two or three reads, which were one turn of the event loop.
    expect(meanwhile).toBeGreaterThan(20);
  });
});
