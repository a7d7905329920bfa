import { describe, expect, test } from 'vitest';
import { readableHost } from '../../../../../src/core/net/listen/inbound-server.ts';

describe('the address of a caller', () => {
  test.each([
    ['::ffff:192.168.1.20', '192.168.1.20'],
    ['::FFFF:127.0.0.1', '127.0.0.1'],
    ['192.168.1.20', '192.168.1.20'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['::1', '::1'],
    [undefined, ''],
  ])('%s is shown as "%s"', (address, shown) => {
    expect(readableHost(address)).toBe(shown);
  });
});
