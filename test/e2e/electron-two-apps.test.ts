import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../support/basics/free-port.ts';
import { WAIT_TIMEOUT_MS } from '../support/basics/timeouts.ts';
import { launchStandIn, type StandInApp } from '../support/electron-stand-in/launch.ts';
import { photographForDocs, TAKES_PICTURES } from '../support/hosts/pictures.ts';
import {
  firstChat,
  hear,
  messagesOf,
  ownAddress,
  type Person,
  say,
} from './journeys/first-chat.ts';

// The built app, two copies of it for one user: two profiles, two ports. Electron itself is played
// by the stand-in (see README.md); everything else is what people run.

describe('two instances of the desktop app', () => {
  let appData: string;
  const copies: StandInApp[] = [];
  let aliceApp: StandInApp;
  let bobApp: StandInApp;
  let alice: Person;
  let bob: Person;

  const launch = (args: readonly string[]): StandInApp => {
    const copy = launchStandIn({ appData, args });
    copies.push(copy);
    return copy;
  };

  beforeAll(async () => {
    appData = await mkdtemp(join(tmpdir(), 'parley-two-apps-'));
    // The ports that a reader of the README will see, where it is going to be seen.
    const ports = TAKES_PICTURES ? [8080, 8081] : [await freePort(), await freePort()];
    const start = (name: string, port: number | undefined): StandInApp =>
      launch(['--profile', name.toLowerCase(), '--name', name, '--port', String(port)]);
    aliceApp = start('Alice', ports[0]);
    bobApp = start('Bob', ports[1]);
    alice = { name: 'Alice', page: await aliceApp.firstWindow() };
    bob = { name: 'Bob', page: await bobApp.firstWindow() };
    // Not `expect.poll`, which is for tests only.
    for (const [page, port] of [
      [alice.page, ports[0]],
      [bob.page, ports[1]],
    ] as const) {
      await vi.waitFor(
        async () => expect(await ownAddress(page)).toBe(`127.0.0.1:${port}`),
        WAIT_TIMEOUT_MS,
      );
    }
  });
  afterAll(async () => {
    await Promise.all(copies.map((copy) => copy.kill()));
    await rm(appData, { recursive: true, force: true });
  });

  test('exchange messages after one typed the other’s address', async () => {
    await firstChat(alice, bob);
  });

  if (TAKES_PICTURES) {
    test('have their picture taken for the README', async () => {
      await say(bob.page, 'Nice, no account and no server in between.');
      await say(alice.page, 'Just your computer and mine. Shall we meet at seven?');
      await say(bob.page, 'Seven is good. I will bring the maps.');
      await hear(alice.page, 'Seven is good');
      await photographForDocs(alice.page, 'conversation');
    });
  }

  test('show markup from a friend as plain text', async () => {
    const markup = '<img src=x onerror="document.title=1"><b>bold</b> &amp; javascript:alert(1)';
    await say(alice.page, markup);
    await hear(bob.page, markup);
    await expect.poll(() => messagesOf(bob.page).locator('img, b, a').count()).toBe(0);
  });

  test('copy the address to the clipboard, which the page itself may not access', async () => {
    await alice.page.getByRole('button', { name: 'Copy address' }).click();
    const { text } = await aliceApp.reported('clipboard');
    expect(text).toBe(await ownAddress(alice.page));
  });

  test('export to and import from a file chosen in the system’s dialog', async () => {
    const file = join(appData, 'alice.ndjson');
    const settings = alice.page.getByRole('dialog', { name: 'Settings' });
    await alice.page.getByRole('button', { name: 'Settings' }).click();
    await settings.getByRole('button', { name: 'Export…' }).click();
    const { proposed } = await aliceApp.reported('file-dialog', ({ kind }) => kind === 'save');
    expect(proposed).toMatch(/parley-\d{4}-\d\d-\d\d\.ndjson$/);
    aliceApp.order({ type: 'choose-file', path: file });
    await settings.getByText(`Exported to ${file}.`).waitFor();
    await settings.getByRole('button', { name: 'Import…' }).click();
    await aliceApp.reported('file-dialog', ({ kind }) => kind === 'open');
    aliceApp.order({ type: 'choose-file', path: file });
    await settings.getByText('Everything in that file was here already.').waitFor();
    await alice.page.keyboard.press('Escape');
    await settings.waitFor({ state: 'detached' });
  });

  test('still receive messages after the window was reloaded', async () => {
    const reloaded = bob.page.waitForEvent('load');
    bobApp.order({ type: 'reload-windows' });
    await reloaded;
    await bob.page.getByRole('button', { name: /Alice/ }).click();
    await say(alice.page, 'Are you still there?');
    await hear(bob.page, 'Are you still there?');
  });

  test('bring the running window to the front when a profile is started again', async () => {
    aliceApp.order({ type: 'minimize-windows' });
    const again = launch(['--profile', 'alice']);
    expect(await again.exited).toBe(0);
    expect(again.reports).toEqual([]);
    await aliceApp.reported('window-focused');
    expect(bobApp.reports.some(({ type }) => type === 'window-focused')).toBe(false);
  });

  test('quit cleanly while connected, and the other is notified', async () => {
    expect(await bobApp.quit()).toBe(0);
    await alice.page
      .getByText(/Offline|Connecting/)
      .first()
      .waitFor();
    expect(await aliceApp.quit()).toBe(0);
    expect(copies.map((copy) => copy.output)).toEqual(['', '', '']);
    const all = copies.flatMap((copy) => copy.reports);
    expect(all.filter(({ type }) => type === 'page-error')).toEqual([]);
  });
});
