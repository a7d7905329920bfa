import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HandshakeBytes,
  type HandshakeLimits,
} from '../../../../../src/core/net/tls/handshake-bytes.ts';
import { RecordHeads } from '../../../../../src/core/net/tls/record-heads.ts';

const OPEN = 0x16;
const SEALED = 0x17;
const HEAD = 5;

function record(type: number, length: number): Buffer {
  const head = Buffer.from([type, 3, 3, 0, 0]);
  head.writeUInt16BE(length, 3);
  return Buffer.concat([head, Buffer.alloc(length, 0xaa)]);
}

function counting(limits: HandshakeLimits): HandshakeBytes {
  return new HandshakeBytes(limits, new RecordHeads());
}

/** How many bytes go on when they arrive in chunks of these lengths (the last again and again). */
function admitted(counted: HandshakeBytes, bytes: Buffer, chunks: readonly number[] = []): number {
  let held = Buffer.alloc(0);
  let passed = 0;
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const length = chunks[Math.min(index, chunks.length - 1)] ?? bytes.length;
    held = Buffer.concat([held, bytes.subarray(at, at + length)]);
    at += length;
    while (held.length > 0) {
      const count = counted.admit(held);
      if (count === 0) return passed;
      held = held.subarray(count);
      passed += count;
    }
  }
  return passed;
}

describe('the byte limits of a TLS handshake', () => {
  const limits = { open: 1_000, sealed: 600 };

  test('pass both kinds of record unchanged up to the limit', () => {
    const all = Buffer.concat([record(OPEN, 995), record(SEALED, 295), record(SEALED, 295)]);
    expect(admitted(counting(limits), all)).toBe(all.length);
  });

  test('end the connection at the first record above them, before any of it is forwarded', () => {
    const allowed = Buffer.concat([record(OPEN, 500), record(SEALED, 400)]);
    for (const bad of [record(SEALED, 300), record(OPEN, 900), record(SEALED, 65_535)]) {
      const counted = counting(limits);
      expect(admitted(counted, Buffer.concat([allowed, bad]))).toBe(allowed.length);
      expect(counted.admit(record(OPEN, 1))).toBe(0);
    }
  });

  test('include record headers, so that many small records do not evade them', () => {
    const tiny = Buffer.concat(Array.from({ length: 500 }, () => record(SEALED, 1)));
    expect(admitted(counting(limits), tiny)).toBe(600);
  });

  test('apply to what is not TLS too', () => {
    expect(admitted(counting(limits), Buffer.from('HTTP/1.1 400 Bad Request'))).toBe(24);
    expect(admitted(counting(limits), Buffer.alloc(5_000, 'H'), [400])).toBe(800);
  });

  test('are the same however the bytes are split', () => {
    const records = fc.array(
      fc.record({ type: fc.constantFrom(0x14, 0x15, OPEN, SEALED), length: fc.nat(400) }),
      { maxLength: 12 },
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(records, cuts, (list, chunks) => {
        const bytes = Buffer.concat(list.map(({ type, length }) => record(type, length)));
        const whole = admitted(counting(limits), bytes);
        const cut = admitted(counting(limits), bytes, chunks);
        // Of a record that is too much, a part of its head may have gone on before it was known.
        expect(cut - whole).toBeGreaterThanOrEqual(0);
        expect(cut - whole).toBeLessThan(HEAD);
      }),
    );
  });
});
