import { afterAll, expect, test } from 'vitest';
import { DesktopHost } from '../support/hosts/desktop-host.ts';
import { TAKES_PICTURES } from '../support/hosts/pictures.ts';
import { JOURNEYS } from './journeys/all.ts';

// What people go through with Parley, in the built desktop app and on real peers. Electron itself is
// played by the stand-in (see README.md). With PARLEY_SCREENSHOTS=1 it takes the documentation's pictures.

const host = new DesktopHost();
afterAll(() => host.close());

const journeys = JOURNEYS.filter(({ inOneHost }) => !inOneHost || TAKES_PICTURES);

for (const { title, run } of journeys) {
  test(title, async () => {
    const before = host.complaints().length;
    await run(host);
    expect(host.complaints().slice(before)).toEqual([]);
  });
}
