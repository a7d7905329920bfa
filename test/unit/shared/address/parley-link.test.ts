import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/shared/address/address.ts';
import { formatInvite } from '../../../../src/shared/address/invite.ts';
import { addressOfLink, MAX_LINK } from '../../../../src/shared/address/parley-link.ts';

const IDENTITY = '0123456789abcdef'.repeat(4);

describe('a link from the operating system', () => {
  test.each([
    ['parley://192.168.1.20:8080', 'parley://192.168.1.20:8080'],
    ['PARLEY://Example.ORG', 'parley://example.org:8080'],
    ['parley://example.org:9000/', 'parley://example.org:9000'],
    ['parley://example.org/any/path?send=hello&to=all', 'parley://example.org:8080'],
    ['parley://[2001:DB8::1]:81', 'parley://[2001:db8::1]:81'],
    [`parley://example.org/#${IDENTITY.toUpperCase()}`, `parley://example.org:8080/#${IDENTITY}`],
  ])('%j contains %j', (link, address) => {
    expect(addressOfLink(link)).toBe(address);
  });

  test.each([
    'http://example.org',
    'parley-app://bundle/index.html',
    'file:///etc/passwd',
    'javascript:alert(1)',
    ' parley://example.org',
    'example.org',
    'parley:',
    'parley://',
    'parley:///path',
    'parley://me:secret@example.org',
    'parley://example.org:0',
    'parley://example.org/#0123456789abcdef',
    'parley://exam\nple.org',
    `parley://example.org/${'x'.repeat(MAX_LINK)}`,
    '',
    null,
    undefined,
    5,
    { toString: () => 'parley://example.org' },
  ])('%j contains no address', (link) => {
    expect(addressOfLink(link)).toBeNull();
  });

  test('keeps the invite complete', () => {
    const invite = formatInvite({ scheme: 'auto', host: 'example.org', port: 8080 }, IDENTITY);
    expect(addressOfLink(invite)).toBe(invite);
  });

  test('never yields more than an address, whatever it contains', () => {
    const unit = fc.constantFrom(...'abzé019.:/@#?%&=[]\\ \n\0\u202e。＠／😀-_~');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit })), (text) => {
        const address = addressOfLink(`parley://${text}`);
        if (address === null) return;
        expect(address).toMatch(/^parley:\/\/[^/?#\s]+:\d{1,5}(\/#[0-9a-f]{64})?$/);
        expect(parseAddress(address)).toMatchObject({ ok: true, address: { scheme: 'secure' } });
        expect(addressOfLink(address)).toBe(address);
      }),
    );
  });
});
