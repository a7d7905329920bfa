import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEALED_MARK } from '../../src/peer/identity-file.ts';
import type { ChatBridge } from '../../src/shared/chat-bridge.ts';
import { appPort } from '../support/app-port.ts';
import { presentElectron } from '../support/real-electron.ts';
import { firstChat, type Person } from './journeys/first-chat.ts';
import {
  expectNothingButTheBridge,
  expectNoWayOut,
  expectPolicyEnforced,
} from './journeys/locked-down.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const electron = presentElectron();
// Chromium refuses to run as root with its sandbox on.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const mac = process.platform === 'darwin';
// The real one asks whoever sits there about each new program.
const asStranger = mac ? ['--use-mock-keychain'] : [];

declare const parley: Pick<ChatBridge, 'shell'>;

describe.skipIf(electron === null)('two copies in real Electron (needs its binary)', () => {
  const executablePath = electron ?? '';
  let folder: string;
  const copies: ElectronApplication[] = [];
  const people: Person[] = [];

  const argsOf = (name: string): string[] => [
    ROOT,
    ...asRoot,
    ...asStranger,
    '--data',
    join(folder, name),
  ];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-real-'));
    for (const name of ['Alice', 'Bob']) {
      const args = [...argsOf(name), '--name', name, '--port', String(await appPort())];
      const copy = await _electron.launch({ executablePath, args, cwd: ROOT });
      copies.push(copy);
      people.push({ name, page: await copy.firstWindow() });
    }
  });
  afterAll(async () => {
    for (const copy of copies) copy.process().kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('let one type the other’s address, and a message goes each way', async () => {
    const [alice, bob] = people as [Person, Person];
    await firstChat(alice, bob);
  });

  it('keep a hostile script inside its page', async () => {
    const [copy] = copies as [ElectronApplication];
    const [{ page }] = people as [Person];
    await expectNothingButTheBridge(page);
    await expectPolicyEnforced(page);
    await expectNoWayOut(page, () => copy.windows());
  });

  it('have a menu bar, and check spelling only where nothing is fetched for it', async () => {
    const [copy] = copies as [ElectronApplication];
    const seen = await copy.evaluate(({ Menu, session: { defaultSession } }) => ({
      menus: Menu.getApplicationMenu()?.items.map(({ label }) => label),
      checks: defaultSession.isSpellCheckerEnabled(),
      languages: defaultSession.getSpellCheckerLanguages(),
    }));
    expect(seen.menus).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Help']));
    if (!mac) expect(seen).toMatchObject({ checks: false, languages: [] });
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((file) => file.endsWith('.bdic'))).toEqual([]);
    expect(files).toContain(join('Alice', 'log.txt'));
  });

  it('seal the key exactly when they say so', async () => {
    const [{ page }] = people as [Person];
    const outcome = await page.evaluate(() => parley.shell?.shellState({}));
    const file = await readFile(join(folder, 'Alice/peer/identity.pem'), 'latin1');
    const keyProtection = file.startsWith(SEALED_MARK) ? 'system' : 'file';
    expect(outcome).toMatchObject({ ok: true, value: { keyProtection } });
    if (mac) expect(keyProtection).toBe('system');
  });

  it('come to the front instead of starting twice on one profile', async () => {
    const again = spawn(executablePath, argsOf('Alice'), { cwd: ROOT, stdio: 'ignore' });
    const [code] = await once(again, 'exit');
    expect(code).toBe(0);
  });

  it('quit cleanly while connected', async () => {
    for (const copy of copies) {
      const child = copy.process();
      const exited = once(child, 'exit');
      // The process may be gone before it can answer.
      await copy.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await exited;
      expect(child.exitCode).toBe(0);
    }
  });
});
