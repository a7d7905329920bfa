import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { firstChat, type Person } from '../e2e/journeys/first-chat.ts';
import { freePort } from '../support/basics/free-port.ts';
import { launchStandIn, type StandInApp } from '../support/electron-stand-in/launch.ts';
import { installedApp } from './installed-app.ts';

// The app from the installed app.asar, twice, as one user would start it with two profiles.

describe('two instances of the installed app', () => {
  const { folder } = inject('packages');
  const copies: StandInApp[] = [];
  let app: string;
  const launch = async (name: string, from = app): Promise<StandInApp> => {
    const appData = join(folder, 'app-data');
    await mkdir(appData, { recursive: true });
    const profile = ['--profile', name.toLowerCase(), '--name', name];
    const args = [...profile, '--port', String(await freePort())];
    const copy = launchStandIn({ appData, args, app: from });
    copies.push(copy);
    return copy;
  };

  beforeAll(() => {
    app = installedApp('boot');
  });
  afterAll(async () => {
    await Promise.all(copies.map((copy) => copy.kill()));
  });

  test('start from the package alone, and a message goes each way', async () => {
    const aliceApp = await launch('Alice');
    const bobApp = await launch('Bob');
    const alice: Person = { name: 'Alice', page: await aliceApp.firstWindow() };
    const bob: Person = { name: 'Bob', page: await bobApp.firstWindow() };
    await firstChat(alice, bob);
    expect(await bobApp.quit()).toBe(0);
    expect(await aliceApp.quit()).toBe(0);
    expect([aliceApp.output, bobApp.output]).toEqual(['', '']);
    const errors = copies
      .flatMap(({ reports }) => reports)
      .filter((it) => it.type === 'page-error');
    expect(errors).toEqual([]);
  });

  test.each(['out/preload/index.cjs', 'out/renderer/index.html'])(
    'would not work without %s',
    async (needed) => {
      const broken = join(folder, 'boot-broken');
      await cp(app, broken, { recursive: true });
      await rm(join(broken, needed));
      const copy = await launch('Carol', broken);
      const works = copy.firstWindow().then(async (page) => {
        await page.getByRole('region', { name: 'You', exact: true }).waitFor();
      });
      await expect(works).rejects.toThrow();
      await copy.kill();
      await rm(broken, { recursive: true });
    },
  );
});
