import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordHeads } from '../../../../../src/core/net/tls/record-heads.ts';

test('records are recognised by their headers, however the bytes are split', () => {
  const records = fc.array(
    fc.record({ type: fc.nat(255), length: fc.oneof(fc.constant(0), fc.nat(700)) }),
    { maxLength: 12 },
  );
  const cuts = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(records, cuts, (list, chunks) => {
      const bytes = Buffer.concat(
        list.map(({ type, length }) =>
          Buffer.concat([
            Buffer.from([type, 3, 3, length >> 8, length & 255]),
            Buffer.alloc(length),
          ]),
        ),
      );
      const heads = new RecordHeads();
      const found: { type: number; length: number }[] = [];
      for (let at = 0, index = 0; at < bytes.length; index += 1) {
        const chunk = bytes.subarray(at, at + (chunks[index % chunks.length] ?? 1));
        at += chunk.length;
        for (let next = 0; next < chunk.length; ) {
          next = heads.step(chunk, next);
          if (heads.began) found.push({ type: heads.type, length: heads.length });
        }
      }
      expect(found).toEqual(list);
    }),
  );
});
