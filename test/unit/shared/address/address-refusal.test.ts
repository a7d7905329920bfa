import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/shared/address/address.ts';
import ADDRESS_REASONS from '../../../../src/shared/problems/address-reasons.json' with {
  type: 'json',
};
import type { AddressReason, Refusal } from '../../../../src/shared/problems/address-reasons.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';
import { reasonParams } from '../../../../src/shared/problems/reason.ts';

/** The sentence a refused text gets. */
function reason(text: string): string {
  return refusal(text).reason;
}

function refusal(text: string): Refusal {
  const result = parseAddress(text);
  if (result.ok) throw new Error(`${text} was accepted`);
  return result;
}

/** Texts that are no address, and a part of what is said about each. */
const EXAMPLES: readonly (readonly [text: string, part: string])[] = [
  // nothing there
  ['', 'An address is needed.'],
  [' \u200b"" ', 'An address is needed.'],
  ['...', 'An address is needed.'],
  ['http://', 'The host after “http://” is missing.'],
  [':8080', 'The host before “:8080” is missing.'],
  ['8080', '“8080” is only a number'],
  // schemes
  ['ftp://host', 'Parley cannot call “ftp://”'],
  ['http:/host', 'Two slashes are missing after “http:”.'],
  ['parley:host:81', 'Two slashes are missing after “parley:”.'],
  ['http//host:81', 'A colon is missing after “http”.'],
  // ports
  ['host:', 'There is no port after the colon in “host:”.'],
  ['host:80a', '“80a” is not a port'],
  ['host:-1', '“-1” is not a port'],
  ['host:1e3', '“1e3” is not a port'],
  ['host:0', 'The port “0” is outside'],
  ['host:65536', 'The port “65536” is outside'],
  ['host:99999999999999999999', 'The port “99999999999999999999” is outside'],
  ['host:80:81', 'There is more than one colon in “host:80:81”.'],
  // IPv6
  ['::1:49152', 'needs brackets: write “[::1]:49152”.'],
  ['2001:db8:1:2:3:4:5:6:8080', 'write “[2001:db8:1:2:3:4:5:6]:8080”.'],
  ['fe80::1%eth0:81', 'write “[fe80::1%eth0]:81”.'],
  ['::1:8080', 'can be read in two ways: write “[::1]:8080” or “[::1:8080]”.'],
  ['[::1', 'The bracket at the start of “[::1” is not closed.'],
  ['::1]:81', 'The bracket in “::1]:81” is not opened.'],
  ['[::1]81', 'not “81”.'],
  ['[host]:81', 'write “host” without them.'],
  ['[127.0.0.1]:81', 'write “127.0.0.1” without them.'],
  ['1::2::3', '“1::2::3” is not a valid IPv6 address.'],
  ['[12345::1]:81', '“12345::1” is not a valid IPv6 address.'],
  ['[1:2:3:4:5:6:7]', '“1:2:3:4:5:6:7” is not a valid IPv6 address.'],
  ['[1:2:3:4:5:6:7:8::]', 'is not a valid IPv6 address.'],
  ['[::1.2.3]', '“::1.2.3” is not a valid IPv6 address.'],
  ['fe80::1%', 'After the % in “fe80::1%”'],
  ['[fe80::1%et h0]', 'Addresses can’t contain spaces'],
  ['[fe80::1%a/b]', 'is not closed'],
  ['[::ffff:1.2.3.4%eth0]', 'it cannot have the zone “eth0”'],
  // IPv4
  ['256.1.1.1', '256 is above 255'],
  ['1.2.3', '“1.2.3” is not a valid IPv4 address: four numbers'],
  ['1.2.3.4.5:81', '“1.2.3.4.5” is not a valid IPv4 address: four numbers'],
  ['01.2.3.4', '01 begins with a zero'],
  ['0x7f.1', '“0x7f.1” is not a valid IPv4 address'],
  ['127.0.0.0x1', '“127.0.0.0x1” is not a valid IPv4 address'],
  ['2130706433', '“2130706433” is not a valid IPv4 address'],
  ['①②⑦.0.0.1', '“①②⑦.0.0.1” is not a valid IPv4 address'],
  // addresses of no one computer
  ['0.0.0.0:81', '“0.0.0.0” means every address'],
  ['[::]:81', '“::” means every address'],
  ['::ffff:0.0.0.0', '“0.0.0.0” means every address'],
  ['0.1.2.3', '“0.1.2.3” cannot be the address of a computer.'],
  ['224.0.0.251', '“224.0.0.251” stands for many computers'],
  ['255.255.255.255', '“255.255.255.255” stands for many computers'],
  ['ff02::1%eth0', '“ff02::1%eth0” stands for many computers'],
  // names
  ['a..b', 'The host name “a..b” has nothing between two dots.'],
  ['.host', 'The host name “.host” has nothing'],
  ['-a.example', 'The part “-a” of the host name'],
  ['a-.example', 'The part “a-” of the host name'],
  ['ho*st', 'cannot contain “*”, as in “ho*st”.'],
  ['\\\\server\\share', 'cannot contain “\\”'],
  ['a%20b', 'cannot contain “%”'],
  ['℀.example', '“℀.example” cannot be a host name.'],
  [`${'a'.repeat(64)}.example`, 'has 64 characters; the limit is 63.'],
  [`${'a'.repeat(49)}.`.repeat(6), 'has 299 characters; the limit is 253.'],
  ['ü'.repeat(70), 'characters; the limit is 63.'],
  // text
  ['my host', 'Addresses can’t contain spaces, as in “my host”.'],
  ['host:81 thanks', 'Addresses can’t contain spaces, as in “host:81 thanks”.'],
  ['host\n:81', 'There is a line break inside'],
  ['a\0b', 'U+0000'],
  ['a\ud800b', 'U+D800'],
  ['a'.repeat(5000), 'A text of 5,000 characters cannot be an address; the limit is 2,048.'],
  // what stands behind the place
  ['http://example.com/foo', 'An address ends after the port: leave out “/foo”.'],
  ['host:81/rpc/batch?x=a@b', 'leave out “/rpc/batch?x=a@b”.'],
  ['https://host/#top', 'leave out “#top”.'],
  ['host:81?', 'leave out “?”.'],
  ['host:81//rpc/ws', 'leave out “//rpc/ws”.'],
  // people
  ['alice@host.example', 'The @ makes this an e-mail address'],
  ['mailto:alice@host.example', 'The @ makes this an e-mail address'],
  ['http://alice@host', 'leave out everything up to the @.'],
  ['9999999999.1.1.1', 'a number is above 255.'],
  // invites
  [`http://host/#${'ab'.repeat(32)}`, 'write parley:// instead of http://.'],
  ['parley://host/#abc', 'The fingerprint “abc” is damaged: 64 digits'],
];

/** Pieces that addresses and their mistakes are made of. */
const PIECES = fc.constantFrom(
  ...['http', 'wss', 'parley', 'ftp', 'mailto', 'host', 'eth0', 'fe80', 'ff02', 'ffff', 'ab'],
  ...[':', '::', '//', '/', '#', '?', '@', '[', ']', '%', '%25', '.', '-', '_', '!', '~', ' '],
  ...['0', '00', '1', '255', '256', '8080', '99999', '9999999999', 'é', 'مثال', '\n', '\0'],
  ...['deadbeef'.repeat(3), 'x'.repeat(80)],
);

describe('the refusal of an address gives the reason', () => {
  test.each(EXAMPLES)('%j', (text, part) => {
    expect(reason(text)).toContain(part);
  });

  test.each([
    'http://alice:hunter2@host:81/',
    'alice:hunter2@host',
    'http://alice:hunter2@my host',
  ])('without the password in %s', (text) => {
    expect(reason(text)).toMatch(/@|space/);
    expect(reason(text)).not.toContain('hunter2');
  });

  test('shortened for a long text', () => {
    expect(reason(`${'x'.repeat(1500)}:y z`).length).toBeLessThan(120);
  });
});

describe('the code of a refusal', () => {
  test('is always used by some text', () => {
    const reached = new Set(EXAMPLES.map(([text]) => refusal(text).params.reasonCode));
    expect(Object.keys(ADDRESS_REASONS).filter((it) => !reached.has(it as AddressReason))).toEqual(
      [],
    );
  });

  test('has all values that its sentence needs, in any language', () => {
    fc.assert(
      fc.property(fc.array(PIECES, { maxLength: 9 }), (pieces) => {
        const result = parseAddress(pieces.join(''));
        if (result.ok) return;
        const { params, reason: said } = result;
        const code = params.reasonCode as AddressReason;
        expect(reasonParams(code, ADDRESS_REASONS[code], params)).toEqual(params);
        expect(problem('bad-address', params).cause).toBe(said);
        const needed = [...ADDRESS_REASONS[code].matchAll(/\{(\w+)(?:, number)?\}/g)].map(
          ([, name]) => name,
        );
        expect(Object.keys(params).sort()).toEqual([...needed, 'reason', 'reasonCode'].sort());
      }),
      { numRuns: 2_000 },
    );
  });
});
