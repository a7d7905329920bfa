import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEALED_MARK } from '../../src/core/identity/identity-file.ts';
import type { KeyProtection } from '../../src/shared/bridge/desktop-bridge.ts';
import { DEFAULT_PREFERENCES } from '../../src/shared/model/preferences.ts';
import { askCore, askDesktop } from '../support/real-electron/bridge.ts';
import { Computer, type RealCopy } from '../support/real-electron/computer.ts';
import { inRealElectron } from '../support/real-electron/present.ts';
import { firstChat, hear } from './journeys/first-chat.ts';

inRealElectron('a profile in real Electron', (program) => {
  let computer: Computer;
  let alice: RealCopy;
  let identity: string | null;
  /** What the key is kept by, once the system's keychain is trusted. */
  let protection: KeyProtection = 'file';

  beforeAll(async () => {
    computer = new Computer(program);
    alice = await computer.start({ name: 'Alice' });
    const bob = await computer.start({ name: 'Bob' });
    await firstChat({ name: 'Alice', page: alice.page }, { name: 'Bob', page: bob.page });
    expect(await bob.quit()).toBe(0);
    ({ identity } = (await askCore(alice.page, 'snapshot', {})).self);
  });
  afterAll(() => computer.end());

  const keyFile = () => readFile(join(computer.folderOf('Alice'), 'peer/identity.pem'), 'latin1');

  /** The key's file is sealed exactly when the settings say so. */
  async function expectKeptBy(protection: KeyProtection): Promise<void> {
    expect((await askDesktop(alice.page, 'desktopState', {})).keyProtection).toBe(protection);
    const key = await keyFile();
    expect(key.startsWith(SEALED_MARK)).toBe(protection === 'system');
    expect(key.includes('PRIVATE KEY')).toBe(protection === 'file');
  }

  test('has the key sealed where the system has a keychain, and a notice where it has none', async () => {
    const { works, mark } = await alice.app.evaluate(async ({ safeStorage }) => ({
      works: await safeStorage.isAsyncEncryptionAvailable(),
      mark: (await safeStorage.encryptStringAsync('probe')).toString('latin1', 0, 3),
    }));
    if (process.platform !== 'linux') expect(works).toBe(true);
    // On Linux, Chromium marks so what it sealed with a password that everybody knows.
    const played = process.platform === 'linux' && mark === 'v10';
    protection = works && !played ? 'system' : 'file';
    // Windows keeps the keychain's own key some time later: the first start does not trust it yet.
    await expectKeptBy(process.platform === 'win32' ? 'file' : protection);
  });

  test('keeps its identity, its history, drafts and preferences', async () => {
    const field = alice.page.getByRole('textbox', { name: 'Message', exact: true });
    await field.fill('half a thought');
    await alice.page.evaluate(
      `parley.call('host', 'savePreferences', ${JSON.stringify({ ...DEFAULT_PREFERENCES, theme: 'dark' })})`,
    );
    expect(await alice.quit()).toBe(0);

    alice = await computer.start({ name: 'Alice' });
    const { self } = await askCore(alice.page, 'snapshot', {});
    expect(self.identity).toBe(identity);
    await expectKeptBy(protection);
    await expect
      .poll(() => alice.page.evaluate('document.documentElement.dataset.theme'))
      .toBe('dark');
    const list = alice.page.getByRole('navigation', { name: 'Conversations' });
    await list.getByRole('button', { name: 'Bob' }).click();
    await hear(alice.page, 'Hi Alice! Good to see you');
    const again = alice.page.getByRole('textbox', { name: 'Message', exact: true });
    await expect.poll(() => again.inputValue()).toBe('half a thought');
  });

  test('has each start in the log, and no message text', async () => {
    const log = await readFile(join(computer.folderOf('Alice'), 'log.txt'), 'utf8');
    expect(log.match(/ started Parley \d+\.\d+\.\d+ on .*Electron \d+/g)).toHaveLength(2);
    expect(log).not.toContain('Good to see you');
    expect(await alice.quit()).toBe(0);
  });
});
