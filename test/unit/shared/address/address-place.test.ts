import { describe, expect, test } from 'vitest';
import {
  isLoopbackHost,
  type PeerAddress,
  parseAddress,
  sameAddress,
} from '../../../../src/shared/address/address.ts';

function parsed(text: string): PeerAddress {
  const result = parseAddress(text);
  if (!result.ok) throw new Error(`${text}: ${result.reason}`);
  return result.address;
}

describe('two addresses', () => {
  test('are the same endpoint whatever the scheme', () => {
    expect(sameAddress(parsed('http://[0:0::1]:81'), parsed('parley://[::1]:81'))).toBe(true);
    expect(sameAddress(parsed('HOST.:81'), parsed('host:81'))).toBe(true);
  });

  test('with another host or port are different endpoints', () => {
    expect(sameAddress(parsed('a:81'), parsed('a:82'))).toBe(false);
    expect(sameAddress(parsed('a:81'), parsed('b:81'))).toBe(false);
    expect(sameAddress(parsed('fe80::1%a'), parsed('fe80::1%b'))).toBe(false);
  });
});

describe('a loopback host', () => {
  test.each([
    '127.0.0.1',
    '127.9.8.7',
    '::1',
    '::1%lo',
    '::ffff:127.0.0.1',
    'localhost',
    'a.localhost',
  ])('is %s', (it) => expect(isLoopbackHost(it)).toBe(true));
  test.each([
    '128.0.0.1',
    '::2',
    '127.example',
    'localhost.example',
    'notlocalhost',
    '',
    '127.1',
    '0.0.0.0',
  ])('is not %j', (it) => expect(isLoopbackHost(it)).toBe(false));
});
