import { once } from 'node:events';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createServer, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { secureSocket } from '../../src/core/net/dial/connect-tls.ts';
import { systemScheduler } from '../../src/core/net/scheduling/system-scheduler.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { startTcp } from '../support/network/tcp-server.ts';
import { type Records, tlsByHand } from '../support/network/tls-by-hand.ts';
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
  test.each([
    ['one byte per record', single],
    ['empty records', empty],
    ['key updates without end', newKeys],
  ])('%s is served in turn with others', async (_, pieces) => {
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

/** A stream over a socket that can hold back what is written, so that it arrives at once. */
class Burst extends Duplex {
  readonly #raw: Socket;
  #held: Buffer[] | null = null;

  constructor(raw: Socket) {
    super();
    this.#raw = raw;
    raw.on('data', (chunk: Buffer) => this.push(chunk));
    raw.on('close', () => this.destroy());
  }

  holdBack(): void {
    this.#held = [];
  }

  flush(): void {
    this.#raw.write(Buffer.concat(this.#held ?? []));
    this.#held = null;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    if (this.#held === null) this.#raw.write(chunk);
    else this.#held.push(chunk);
    done();
  }
}

describe('a peer that we dialled', () => {
  test('cannot block the event loop with one byte per record', async () => {
    const tls = createServer({ key: alice.privateKeyPem, cert: alice.certificatePem });
    const tcp = createTcpServer((raw) => {
      const burst = new Burst(raw);
      tls.once('secureConnection', async (socket: TLSSocket) => {
        await once(socket, 'data');
        burst.holdBack();
        for (let byte = 0; byte < MANY; byte += 1) {
          // One after the other: writes that wait for each other leave in one record.
          await new Promise((left) => socket.write('a', left));
        }
        burst.flush();
      });
      tls.emit('connection', burst);
    });
    const server = await startTcp(tcp);
    const raw = connect(server.port, '127.0.0.1');
    await once(raw, 'connect');
    const { socket } = await secureSocket(raw, {
      world: systemWorld,
      scheduler: systemScheduler(DEFAULT_LIMITS),
      address: { scheme: 'secure', host: '127.0.0.1', port: server.port },
      credentials: null,
      peerExpected: true,
      limits: DEFAULT_LIMITS,
      silence: 60_000,
      signal: new AbortController().signal,
    });
    socket.write('go');
    let come = 0;
    let turns = 0;
    const count = () => {
      if (come > 0) turns += 1;
      if (come < MANY) setImmediate(count);
    };
    count();
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk: Buffer) => {
        come += chunk.length;
        if (come === MANY) resolve();
      });
    });
    await server.stop();
    // It comes in one or two reads, which were one turn of the event loop each.
    expect(turns).toBeGreaterThan(8);
  });
});
