import { afterAll, expect, test } from 'vitest';
import { BrowserHost } from '../support/hosts/browser-host.ts';
import { JOURNEYS } from './journeys/all.ts';

// What people go through with Parley, in the browser host and on real peers.

const host = new BrowserHost();
afterAll(() => host.close());

for (const { title, run } of JOURNEYS) {
  test(title, async () => {
    const before = host.complaints().length;
    await run(host);
    expect(host.complaints().slice(before)).toEqual([]);
  });
}
