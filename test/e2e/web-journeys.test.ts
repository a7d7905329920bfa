import { afterAll, expect, test } from 'vitest';
import { BrowserHost } from '../support/hosts/browser-host.ts';
import { JOURNEYS } from './journeys/all.ts';

// What people go through with Parley, in the browser host and on real peers.

const host = new BrowserHost();
afterAll(() => host.close());

test.each(JOURNEYS)('$title', async ({ run }) => {
  const before = host.complaints().length;
  await run(host);
  expect(host.complaints().slice(before)).toEqual([]);
});
