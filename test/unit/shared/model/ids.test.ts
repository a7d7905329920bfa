import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUuid, uuidv7 } from '../../../../src/shared/model/ids.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('a message id', () => {
  test('is the example of RFC 9562, appendix A.6, for its time and random bits', () => {
    const bytes = [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
    expect(uuidv7(0x017f22e279b0, () => Uint8Array.from(bytes))).toBe(
      '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    );
  });

  test('holds time, version, variant and otherwise only random bits', () => {
    fc.assert(
      fc.property(time, random, (now, bytes) => {
        const id = uuidv7(now, () => bytes);
        expect(isUuid(id)).toBe(true);
        const hex = id.replaceAll('-', '');
        expect(Number.parseInt(hex.slice(0, 12), 16)).toBe(now);
        expect(hex[12]).toBe('7');
        expect(hex[16]).toMatch(/[89ab]/);
        const [a = 0, , b = 0] = bytes;
        expect(Number.parseInt(hex.slice(12, 14), 16) & 0x0f).toBe(a & 0x0f);
        expect(Number.parseInt(hex.slice(16, 18), 16) & 0x3f).toBe(b & 0x3f);
      }),
    );
  });

  test('asks for exactly the random bytes it uses', () => {
    const asked: number[] = [];
    uuidv7(1, (count) => {
      asked.push(count);
      return new Uint8Array(count);
    });
    expect(asked).toEqual([10]);
  });

  test('made in a later millisecond sorts after an earlier one', () => {
    fc.assert(
      fc.property(time, time, random, random, (one, other, bytes, moreBytes) => {
        const a = uuidv7(one, () => bytes);
        const b = uuidv7(other, () => moreBytes);
        if (one < other) expect(a < b).toBe(true);
        if (one > other) expect(a > b).toBe(true);
      }),
    );
  });

  test('accepts a clock with fractions of a millisecond', () => {
    const bytes = () => new Uint8Array(10);
    expect(uuidv7(1_700_000_000_000.75, bytes)).toBe(uuidv7(1_700_000_000_000, bytes));
  });
});

describe('the check of a message id', () => {
  const good = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';

  test('accepts the canonical form', () => expect(isUuid(good)).toBe(true));

  test.each([
    good.toUpperCase(),
    good.replaceAll('-', ''),
    ` ${good}`,
    `${good}\n`,
    `{${good}}`,
    `${good}0`,
    good.replace('7', 'g'),
    '',
  ])('rejects %j', (text) => expect(isUuid(text)).toBe(false));

  test('rejects any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => !isUuid(text)));
  });
});
