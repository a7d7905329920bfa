import { createHash, pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PeerAddress, parseAddress } from '../../../../src/shared/address/address.ts';
import {
  identityCode,
  isIdentity,
  safetyNumber,
} from '../../../../src/shared/address/identity-text.ts';
import { formatInvite } from '../../../../src/shared/address/invite.ts';

const identity = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const [ALICE, BOB] = [sha256('alice'), sha256('bob')];
const NOT_IDENTITIES = [
  '',
  ALICE.slice(1),
  `${ALICE}0`,
  ALICE.toUpperCase(),
  `${ALICE}\n`,
  'g'.repeat(64),
];

/** The identity with one of its 256 bits turned over. */
function flipped(text: string, bit: number): string {
  const turned = BigInt(`0x${text}`) ^ (1n << BigInt(255 - bit));
  return turned.toString(16).padStart(64, '0');
}

test.each(NOT_IDENTITIES)('%j is not an identity', async (text) => {
  expect(isIdentity(text)).toBe(false);
  expect(() => identityCode(text)).toThrow(TypeError);
  await expect(safetyNumber(ALICE, text)).rejects.toThrow(TypeError);
  const address: PeerAddress = { scheme: 'auto', host: 'host', port: 1 };
  expect(() => formatInvite(address, text)).toThrow(TypeError);
});

describe('the code of an identity', () => {
  test('can be read out loud', () => {
    fc.assert(
      fc.property(identity, (it) => {
        expect(identityCode(it)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  test('is the first 140 bits, five a character', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(identity, (it) => {
        const bits = Array.from(it, (digit) =>
          Number.parseInt(digit, 16).toString(2).padStart(4, '0'),
        );
        const fives = bits.join('').slice(0, 140).match(/.{5}/g) ?? [];
        const expected = fives.map((five) => alphabet[Number.parseInt(five, 2)]).join('');
        expect(identityCode(it).replaceAll(' ', '')).toBe(expected);
      }),
    );
    expect(identityCode('0'.repeat(64))).toBe('0000 0000 0000 0000 0000 0000 0000');
    expect(identityCode('f'.repeat(64))).toBe('ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ');
  });

  test('changes with every bit it covers', () => {
    for (let bit = 0; bit < 140; bit += 1) {
      expect(identityCode(flipped(ALICE, bit))).not.toBe(identityCode(ALICE));
    }
  });
});

describe('the safety number of two identities', () => {
  const few = { numRuns: 10 };

  test('is sixty digits in groups of five, the same on both sides', async () => {
    await fc.assert(
      fc.asyncProperty(identity, identity, async (a, b) => {
        const number = await safetyNumber(a, b);
        expect(number).toMatch(/^(\d{5} ){11}\d{5}$/);
        expect(await safetyNumber(b, a)).toBe(number);
      }),
      few,
    );
  });

  test('changes with any single bit of either key', async () => {
    const bit = fc.nat({ max: 255 });
    await fc.assert(
      fc.asyncProperty(identity, identity, bit, async (a, b, at) => {
        fc.pre(a !== b);
        const number = await safetyNumber(a, b);
        const [one, other] = [flipped(a, at), flipped(b, at)];
        if (one !== b) expect(await safetyNumber(one, b)).not.toBe(number);
        if (other !== a) expect(await safetyNumber(a, other)).not.toBe(number);
      }),
      few,
    );
  });

  test('is PBKDF2 of both identities, so that all versions agree', async () => {
    const pair = Buffer.from([ALICE, BOB].sort().join(''), 'hex');
    const key = pbkdf2Sync(pair, 'parley safety number 1', 100_000, 32, 'sha256').toString('hex');
    const digits = (BigInt(`0x${key}`) % 10n ** 60n).toString().padStart(60, '0');
    expect((await safetyNumber(ALICE, BOB)).replaceAll(' ', '')).toBe(digits);
  });
});

describe('an invite', () => {
  const host = fc.constantFrom(
    'host',
    'a.example',
    '10.0.0.1',
    '::1',
    'fe80::1%eth0',
    'fe80::1%25',
  );
  const port = fc.integer({ min: 1, max: 65535 });
  const scheme = fc.constantFrom('auto' as const, 'plain' as const, 'secure' as const);

  test('leads to the same endpoint and identity, encrypted', () => {
    fc.assert(
      fc.property(scheme, host, port, identity, (how, where, number, who) => {
        const link = formatInvite({ scheme: how, host: where, port: number }, who);
        expect(parseAddress(link)).toEqual({
          ok: true,
          address: { scheme: 'secure', host: where, port: number },
          identity: who,
        });
      }),
    );
  });

  test('has the documented format', () => {
    const address: PeerAddress = { scheme: 'auto', host: '::1', port: 8081 };
    expect(formatInvite(address, ALICE)).toBe(`parley://[::1]:8081/#${ALICE}`);
    expect(new URL(formatInvite(address, ALICE)).hash).toBe(`#${ALICE}`);
  });

  test('survives being pasted from a message', () => {
    const link = formatInvite({ scheme: 'auto', host: 'host', port: 1 }, BOB);
    expect(parseAddress(`  <${link.toUpperCase()}>, `)).toEqual(parseAddress(link));
  });
});
