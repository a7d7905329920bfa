import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAddress,
  type PeerAddress,
  parseAddress,
} from '../../../../src/shared/address/address.ts';
import { DEFAULT_PORT } from '../../../../src/shared/address/address-authority.ts';

const FINGERPRINT = 'aB3'.repeat(21).concat('f');

function parsed(text: string): PeerAddress {
  const result = parseAddress(text);
  if (!result.ok) throw new Error(`${text}: ${result.reason}`);
  return result.address;
}

describe('a pasted address is read', () => {
  test.each([
    ['host', 'host:8080'],
    ['host:81', 'host:81'],
    ['HOST.Local', 'host.local:8080'],
    ['host.example.', 'host.example:8080'],
    ['host.example.:81', 'host.example:81'],
    ['my_pc:81', 'my_pc:81'],
    ['127.0.0.1', '127.0.0.1:8080'],
    ['127.0.0.1:08081', '127.0.0.1:8081'],
    ['[::1]:81', '[::1]:81'],
    ['[::1]', '[::1]:8080'],
    ['::1', '[::1]:8080'],
    ['2001:DB8:0:0:1:0:0:1', '[2001:db8::1:0:0:1]:8080'],
    ['2001:db8:0:1:1:1:1:1', '[2001:db8:0:1:1:1:1:1]:8080'],
    ['1:2:3:4:5:6:7::', '[1:2:3:4:5:6:7:0]:8080'],
    ['64:ff9b::1.2.3.4', '[64:ff9b::102:304]:8080'],
    ['[::ffff:192.168.1.20]:81', '192.168.1.20:81'],
    ['fe80::1%eth0', '[fe80::1%eth0]:8080'],
    ['[fe80::1%25eth0]:81', '[fe80::1%eth0]:81'],
    ['[fe80::1%eth0]', '[fe80::1%eth0]:8080'],
    ['fe80::1%252', '[fe80::1%252]:8080'],
    ['http://[fe80::1%252]:81', 'http://[fe80::1%252]:81'],
    ['[fe80::1%2525a]', '[fe80::1%2525a]:8080'],
    ['bücher.example', 'xn--bcher-kva.example:8080'],
    ['http://127.0.0.1:8080/rpc/batch', 'http://127.0.0.1:8080'],
    ['ws://127.0.0.1:8080/rpc/ws', 'http://127.0.0.1:8080'],
    ['HTTPS://Host:81/rpc/batch/', 'parley://host:81'],
    ['wss://host:81', 'parley://host:81'],
    ['parley://host:81/', 'parley://host:81'],
    ['host:81/', 'host:81'],
    ['//host:81', 'host:81'],
    ['http:81', 'http:81'],
  ])('%s', (text, expected) => {
    expect(formatAddress(parsed(text))).toBe(expected);
  });

  test.each([
    ['http://host', 80],
    ['ws://host/rpc/ws', 80],
    ['https://host', 443],
    ['wss://host', 443],
    ['parley://host', DEFAULT_PORT],
    ['host', DEFAULT_PORT],
  ])('%s without a port gets port %i', (text, port) => {
    expect(parsed(text).port).toBe(port);
  });

  test.each([
    '  1.2.3.4:81\r\n',
    '"1.2.3.4:81"',
    '“1.2.3.4:81”,',
    '<1.2.3.4:81>.',
    '(1.2.3.4:81)',
    '`1.2.3.4:81`',
    '«1.2.3.4:81»!',
    '\u00a01.2.3.4:81\u3000',
    '\ufeff1.2.3.4\u200b:8\u200d1',
    '\u202a1.2.3.4:81\u202c',
    '１.２.３.４：８１',
    '1。2。3。4:81',
  ])('%j is read without the characters that copying added', (text) => {
    expect(formatAddress(parsed(text))).toBe('1.2.3.4:81');
  });
});

describe('an invite', () => {
  test.each([
    `parley://host:81/#${FINGERPRINT}`,
    `parley://host:81#${FINGERPRINT}`,
    `<https://host:81/#${FINGERPRINT}>.`,
    `host:81/#${FINGERPRINT}`,
  ])('pins the identity and requires encryption: %s', (text) => {
    expect(parseAddress(text)).toEqual({
      ok: true,
      address: { scheme: 'secure', host: 'host', port: 81 },
      identity: FINGERPRINT.toLowerCase(),
    });
  });

  test('with a damaged fingerprint is refused, not read as an address without one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 63 }), (length) => {
        const result = parseAddress(`parley://host:81/#${FINGERPRINT.slice(0, length)}`);
        expect(result.ok ? '' : result.reason).toContain('is damaged');
      }),
    );
    expect(parseAddress(`host:81/#${FINGERPRINT}0`).ok).toBe(false);
    expect(parseAddress(`parley://host:81/#${'g'.repeat(64)}`).ok).toBe(false);
  });

  test('cannot ask for an unencrypted connection', () => {
    const result = parseAddress(`http://host:81/#${FINGERPRINT}`);
    expect(result.ok ? '' : result.reason).toContain('instead of http://');
  });

  test('is not read from the fragment of an ordinary web page', () => {
    const result = parseAddress('http://host:81/#top');
    expect(result.ok ? '' : result.reason).toContain('leave out “#top”');
  });
});

const name = fc
  .array(fc.stringMatching(/^[a-z0-9]([a-z0-9_-]{0,10}[a-z0-9])?$/), { minLength: 1, maxLength: 4 })
  .map((labels) => [...labels, 'example'].join('.'));
const zone = fc.stringMatching(/^(25|25a)?[A-Za-z0-9._~-]{1,12}$/);
const unusableIp = /^(0\.|22[4-9]\.|23\d\.|255\.255\.255\.255$)/;
const ipv4 = fc.ipV4().filter((it) => !unusableIp.test(it));
const ipv6 = fc.ipV6().filter((it) => parseAddress(`[${it}]`).ok);
const zoned = fc.tuple(ipv6, zone).map(([ip, it]) => `${ip}%${it}`);
const host = fc.oneof(name, ipv4, ipv6, zoned);
const scheme = fc.constantFrom('', 'http://', 'https://', 'ws://', 'wss://', 'parley://');
const port = fc.integer({ min: 1, max: 65535 });

/** Canonical addresses: whatever a written one parses to. */
const address = fc
  .tuple(scheme, host, port)
  .map(([prefix, it, number]) =>
    parseAddress(`${prefix}${it.includes(':') ? `[${it}]` : it}:${number}`),
  )
  .filter((result) => result.ok)
  .map((result) => result.address);

describe('any address', () => {
  test('survives being stored and read', () => {
    fc.assert(
      fc.property(address, (it) => {
        expect(parseAddress(formatAddress(it))).toEqual({ ok: true, address: it, identity: null });
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps the port that was written', () => {
    fc.assert(
      fc.property(scheme, fc.oneof(name, ipv4), port, (prefix, it, number) => {
        expect(parsed(`${prefix}${it}:${number}/rpc/batch`)).toMatchObject({
          host: it,
          port: number,
        });
      }),
    );
  });

  test('with a bare IPv6 host never leads to another host', () => {
    fc.assert(
      fc.property(ipv6, (it) => {
        const result = parseAddress(it);
        if (result.ok) expect(result.address).toEqual(parsed(`[${it}]:${DEFAULT_PORT}`));
        else expect(result.reason).toContain('two ways');
      }),
    );
  });

  test('has one canonical form for all spellings of IPv6', () => {
    const groups = fc.array(fc.constantFrom(0, 1, 0xdb8, 0xffff), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (numbers) => {
        const long = numbers.map((it) => it.toString(16).padStart(4, '0').toUpperCase()).join(':');
        const url = new URL(`http://[${long}]/`).hostname.slice(1, -1);
        const result = parseAddress(`[${long}]`);
        const mapped = numbers.slice(0, 6).join() === '0,0,0,0,0,65535';
        if (result.ok && !mapped) expect(result.address.host).toBe(url);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any text', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...'[]:.%@/#?"<> \\,0x١'),
      fc.constantFrom('http://', '::', 'parley:', '\ud800', '\u200d', '℀', '8080', 'ü', '%25'),
      fc.string({ unit: 'binary', maxLength: 4 }),
      host,
    ),
    { maxLength: 8 },
  );
  const anything = fc.oneof(
    pieces.map((it) => it.join('')),
    fc.string({ unit: 'binary' }),
  );

  test('is read as a stable address or refused with a sentence', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseAddress(text);
        if (result.ok) {
          expect(result.address.host).toMatch(/^[a-z0-9._-]+$|^[0-9a-f:]+(%[A-Za-z0-9._~-]+)?$/);
          expect(parsed(formatAddress(result.address))).toEqual(result.address);
        } else {
          expect(result.reason).toMatch(/^[A-Z“].*\.$/s);
          expect(result.reason).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
          expect(result.reason.isWellFormed()).toBe(true);
          expect(result.reason.length).toBeLessThan(300);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test.each([' ', 'a', ':', '[', '.', '"', '%', '1:', '\ud800', '. '])(
    // Anything that looks at the rest of the text at each sign would take hours.
    'of sixteen megabytes (%j) is refused in linear time',
    (unit) => {
      expect(parseAddress(unit.repeat(16 * 1024 * 1024)).ok).toBe(false);
      expect(parseAddress(`x${unit.repeat(2000 / unit.length)}x`).ok).toBe(false);
    },
  );
});
