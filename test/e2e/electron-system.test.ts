import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SEALED_MARK } from '../../src/core/identity/identity-file.ts';
import { DEFAULT_PREFERENCES } from '../../src/shared/model/preferences.ts';
import { freePort } from '../support/basics/free-port.ts';
import type { Report } from '../support/electron-stand-in/control.ts';
import { launchStandIn, type StandInApp } from '../support/electron-stand-in/launch.ts';
import type { Keychain } from '../support/electron-stand-in/safe-storage.ts';
import { onProfile, serveProfile } from '../support/peers/profile-process.ts';
import { connectTo, say } from './journeys/first-chat.ts';

// What the app does with the operating system: menus, the keychain, sleep, crashes, the log. One
// profile throughout; the tests follow its user from start to start.

const mac = process.platform === 'darwin';

let appData: string;
let port: number;
const copies: StandInApp[] = [];

beforeAll(async () => {
  appData = await mkdtemp(join(tmpdir(), 'parley-system-'));
  port = await freePort();
});
afterAll(async () => {
  await Promise.all(copies.map((copy) => copy.kill()));
  await rm(appData, { recursive: true, force: true });
});

const profile = (name: string): string => join(appData, 'Parley/profiles/alice', name);

function launch(keychain: Keychain): StandInApp {
  const args = ['--profile', 'alice', '--name', 'Alice', '--port', String(port)];
  const copy = launchStandIn({ appData, args, keychain });
  copies.push(copy);
  return copy;
}

async function identityCode(): Promise<string> {
  const { stdout, code } = await onProfile(profile('peer'), 'id', '--json');
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { identity: string }).identity;
}

const friendsAddress = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Friend’s address' });

/** The report of this kind that came as number `count`, counted from 1. */
function nth<T extends Report['type']>(app: StandInApp, type: T, count: number) {
  return app.reported(
    type,
    (it) => app.reports.filter((report) => report.type === type).indexOf(it) === count - 1,
  );
}

describe('a first start, with a keychain', () => {
  let app: StandInApp;
  let page: Page;
  let identity: string;

  beforeAll(async () => {
    // On Windows a keychain is first seen to last (src/main/os/key-box.ts).
    if (process.platform === 'win32') {
      const before = launch('works');
      await friendsAddress(await before.firstWindow()).waitFor();
      await before.quit();
    }
    app = launch('works');
    page = await app.firstWindow();
    await friendsAddress(page).waitFor();
  });

  const closeDialog = async (name: string): Promise<void> => {
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  };

  test('has a menu bar whose items reach the page', async () => {
    const { labels } = await app.reported('menu');
    const usual = ['File', 'Edit', 'View', 'Help'];
    expect(labels).toEqual(mac ? ['Parley', 'File', 'Edit', 'View', 'Window', 'Help'] : usual);
    const choose = (...path: [string, string]) => app.order({ type: 'choose-in-menu', path });
    choose(mac ? 'Parley' : 'File', 'Settings…');
    await closeDialog('Settings');
    choose('Help', 'Keyboard shortcuts');
    await closeDialog('Keyboard shortcuts');
    choose('File', 'New chat');
    await friendsAddress(page).and(page.locator(':focus')).waitFor();
  });

  test('has that menu bar in the language of the page', async () => {
    for (const [language, word] of [
      ['de', 'Hilfe'],
      ['en', 'Help'],
    ]) {
      const before = app.reports.length;
      await page.evaluate(
        `parley.call('host', 'savePreferences', ${JSON.stringify({ ...DEFAULT_PREFERENCES, language })})`,
      );
      app.order({ type: 'reload-windows' });
      await app.reported(
        'menu',
        (it) => app.reports.indexOf(it) >= before && it.labels.at(-1) === word,
      );
    }
    await friendsAddress(page).waitFor();
  });

  test('copies and pastes by the context menu', async () => {
    const field = friendsAddress(page);
    const choose = async (count: number, label: string): Promise<readonly string[]> => {
      await field.click({ button: 'right' });
      const { items } = await nth(app, 'context-menu', count);
      app.order({ type: 'choose-in-context-menu', label });
      return items;
    };
    await field.fill('friend');
    expect(await choose(1, 'Select all')).toEqual(['(Cut)', '(Copy)', 'Paste', '-', 'Select all']);
    await page.waitForFunction("String(getSelection()) === 'friend'");
    expect(await choose(2, 'Cut')).toEqual(['Cut', 'Copy', 'Paste', '-', 'Select all']);
    await expect.poll(() => field.inputValue()).toBe('');
    await choose(3, 'Paste');
    await expect.poll(() => field.inputValue()).toBe('friend');
    await field.fill('');
  });

  test('shows the log, with this start in it', async () => {
    app.order({ type: 'choose-in-menu', path: ['Help', 'Show error log'] });
    const { path } = await app.reported('show-item');
    expect(path).toBe(profile('log.txt'));
    expect(await readFile(path, 'utf8')).toMatch(/^\S+Z started Parley \d+\.\d+\.\d+ on /);
  });

  test('redials a contact as soon as the computer wakes', async () => {
    const bobDir = join(appData, 'bob');
    const bob = await serveProfile('Bob', bobDir);
    await connectTo(page, bob.address);
    await say(page, 'Sleep well');
    await bob.process.stop('SIGKILL');

    // Whoever calls here finds nobody; the calls come further and further apart.
    const calls: number[] = [];
    const nobody = createServer((socket) => {
      calls.push(performance.now());
      socket.destroy();
    });
    onTestFinished(() => void nobody.close());
    nobody.listen(bob.port, '127.0.0.1');
    const called = async (): Promise<void> => void (await once(nobody, 'connection'));
    const wait = (): number => (calls.at(-1) ?? 0) - (calls.at(-2) ?? calls.at(-1) ?? 0);
    while (wait() < 3_000) await called();
    // The next wait would be longer still: they double until they have reached half a minute.
    const lastWait = wait();
    const asleep = performance.now();
    app.order({ type: 'power', event: 'suspend' });
    app.order({ type: 'power', event: 'resume' });
    app.order({ type: 'power', event: 'unlock-screen' });
    await called();
    expect(performance.now() - asleep).toBeLessThan(lastWait);
  });

  test('keeps its key sealed on disk', async () => {
    identity = await identityCode();
    expect(await app.quit()).toBe(0);
    const file = await readFile(profile('peer/identity.pem'), 'latin1');
    expect(file.startsWith(SEALED_MARK)).toBe(true);
    expect(file).not.toContain('PRIVATE KEY');
  });

  describe('the next start', () => {
    beforeAll(async () => {
      app = launch('works');
      page = await app.firstWindow();
      await friendsAddress(page).waitFor();
    });

    test('has the same identity', async () => {
      expect(await identityCode()).toBe(identity);
    });

    test('reloads a page whose process has crashed', async () => {
      app.order({ type: 'crash-pages' });
      await nth(app, 'page-loaded', 2);
      // Whoever watched the page when its process went does not see it come back.
      const again = await chromium.connectOverCDP((await app.reported('ready')).endpoint);
      onTestFinished(() => again.close());
      const back = again.contexts()[0]?.pages()[0];
      expect(back).toBeDefined();
      if (back) await friendsAddress(back).waitFor();
      expect(await readFile(profile('log.txt'), 'utf8')).toContain('Z page gone: crashed');
    });

    test('exits with a message on an unexpected error, and logs where it was, not its text', async () => {
      app.order({ type: 'throw', message: 'SECRET words' });
      const { title } = await app.reported('error-box');
      expect(title).toBe('Parley has to end');
      expect(await app.exited).toBe(1);
      const log = await readFile(profile('log.txt'), 'utf8');
      expect(log).toMatch(/Z fatal Error < .*run\.ts:\d+:\d+/);
      expect(log).not.toContain('SECRET');
    });
  });

  describe('a start without its keychain', () => {
    test('shows what to do, and creates no new identity', async () => {
      const before = await readFile(profile('peer/identity.pem'));
      const without = launch('none');
      const { content } = await without.reported('error-box');
      expect(content).toContain('Unlock the keychain');
      expect(await without.exited).toBe(1);
      expect(await readFile(profile('peer/identity.pem'))).toEqual(before);
    });

    test('is reported alike in a terminal', async () => {
      const ran = await onProfile(profile('peer'), 'id');
      expect(ran).toMatchObject({ code: 12, stderr: expect.stringContaining('Start the app') });
    });

    test('works as before when the keychain is back', async () => {
      app = launch('works');
      await friendsAddress(await app.firstWindow()).waitFor();
      expect(await identityCode()).toBe(identity);
    });
  });
});
