import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sniffTls } from '../../../../../src/core/net/listen/tls-sniffer.ts';
import { FakeWorld } from '../../../../support/basics/fake-world.ts';

const TIMEOUT = 5_000;
const LONGEST = 100;

/** What a sniffer uses of a socket. */
class FakeSocket extends EventEmitter {
  destroyed = false;
  putBack: Buffer | null = null;

  pause(): void {}

  unshift(bytes: Buffer): void {
    this.putBack = bytes;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

function sniffed() {
  const socket = new FakeSocket();
  const world = new FakeWorld();
  const taken: string[] = [];
  sniffTls(socket as unknown as Socket, {
    world,
    timeout: TIMEOUT,
    longestHello: LONGEST,
    onPlain: () => taken.push('plain'),
    onTls: () => taken.push('tls'),
  });
  const send = (bytes: Iterable<number>) => socket.emit('data', Buffer.from([...bytes]));
  return { socket, world, taken, send };
}

/** A TLS record that announces, and has, so many bytes. */
const record = (length: number) => [0x16, 3, 1, 0, length, ...Array.from({ length }, () => 7)];

describe('the protocol sniffer of a new connection', () => {
  test('hands over plain bytes at the first one', () => {
    const { socket, taken, send } = sniffed();
    send([0x47]);
    expect([taken, socket.putBack]).toEqual([['plain'], Buffer.from('G')]);
  });

  test('hands over TLS with its whole first record, however split, and all bytes after it', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 95 }), cuts, (length, sizes) => {
        const { socket, taken, send, world } = sniffed();
        const hello = record(length);
        let sent = 0;
        for (const size of [...sizes, hello.length]) {
          if (sent >= hello.length) break;
          expect(taken).toEqual([]);
          send(hello.slice(sent, sent + size));
          sent += size;
        }
        expect(taken).toEqual(['tls']);
        expect(socket.putBack).toEqual(Buffer.from(hello));
        send([1, 2, 3]);
        expect([taken, world.timers]).toEqual([['tls'], 0]);
      }),
    );
  });

  test.each([
    ['nothing', []],
    ['a part of a TLS record', record(90).slice(0, 94)],
    ['part of a record header', [0x16, 3, 1]],
  ])('closes the connection when a caller sends %s for too long', async (_, bytes) => {
    const { socket, world, taken, send } = sniffed();
    if (bytes.length > 0) send(bytes);
    await world.advance(TIMEOUT - 1);
    expect(socket.destroyed).toBe(false);
    await world.advance(1);
    expect([socket.destroyed, taken]).toEqual([true, []]);
  });

  test('closes the connection when a record declares too great a length, before it arrives', () => {
    const { socket, taken, send } = sniffed();
    send([0x16, 3, 1, 0, LONGEST]);
    expect([socket.destroyed, taken]).toEqual([true, []]);
  });

  test('ends when the connection closes', () => {
    const { socket, world } = sniffed();
    socket.destroy();
    expect(world.timers).toBe(0);
  });
});
