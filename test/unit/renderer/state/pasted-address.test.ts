import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressToTry } from '../../../../src/renderer/state/pasted-address.ts';
import { parseAddress } from '../../../../src/shared/address/address.ts';

const FINGERPRINT = 'ab'.repeat(32);

describe('what a friend has sent', () => {
  test.each([
    ['192.168.1.20:8080', '192.168.1.20:8080'],
    [' bob.local ', 'bob.local'],
    ['I am at 192.168.1.20:8080.', '192.168.1.20:8080'],
    ['Meine Adresse: „bob.local:8081“!', 'bob.local:8081'],
    ['(see [::1]:8080)', '[::1]:8080'],
    [
      `Join me:\nparley://10.0.0.4:8080/#${FINGERPRINT}\nAlice`,
      `parley://10.0.0.4:8080/#${FINGERPRINT}`,
    ],
    // What a copy prints for programs leads to the copy, and to it encrypted.
    ['http://127.0.0.1:8081/rpc/batch', '127.0.0.1:8081'],
    ['   - Programs call http://127.0.0.1:8081/rpc/batch', '127.0.0.1:8081'],
    ['ws://bob.local/rpc/ws', 'bob.local:80'],
    ['the same twice: 10.0.0.4:8080 10.0.0.4:8080', '10.0.0.4:8080'],
  ])('%j leads to %s', (text, address) => {
    expect(addressToTry(text)).toBe(address);
  });

  test.each([
    ['', 'nothing'],
    ['hello there', 'no address'],
    ['at 10:30 or 11:45', 'times of the day'],
    ['10.0.0.4:8080 or 10.0.0.5:8080', 'two addresses'],
    ['a b '.repeat(10_000), 'a long text'],
  ])('is left as it is when it holds %2$s: %1$j', (text) => {
    expect(addressToTry(text)).toBe(text);
  });

  test('an address is found wherever it stands in a sentence', () => {
    const host = fc.oneof(fc.ipV4(), fc.constantFrom('bob.local', 'alice', '[fe80::1]', '[::1]'));
    const word = fc.constantFrom(
      'my',
      'address',
      'is',
      'come',
      'to',
      '–',
      'at',
      '7',
      'pm,',
      'o’clock',
    );
    fc.assert(
      fc.property(
        host,
        fc.integer({ min: 1, max: 65_535 }),
        fc.array(word, { minLength: 1, maxLength: 10 }),
        fc.array(word, { maxLength: 10 }),
        fc.constantFrom('', '.', ',', '!', '”', ')'),
        (name, port, before, after, end) => {
          const address = `${name}:${port}`;
          fc.pre(parseAddress(address).ok);
          const sentence = [...before, `${address}${end}`, ...after].join(' ');
          expect(addressToTry(sentence)).toBe(address);
        },
      ),
    );
  });

  test('whatever is found is an address, and what was one keeps its place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const tried = addressToTry(text);
        if (tried !== text) expect(parseAddress(tried).ok).toBe(true);
        const before = parseAddress(text);
        const after = parseAddress(tried);
        if (!before.ok) return;
        expect(after).toMatchObject({
          ok: true,
          address: { host: before.address.host, port: before.address.port },
          identity: before.identity,
        });
      }),
    );
  });
});
