import { describe, expect, test, vi } from 'vitest';
import { createDesktopCommands } from '../../../../src/main/app/desktop-commands.ts';
import { DesktopFile } from '../../../../src/main/app/desktop-settings-file.ts';
import type { UpdateState } from '../../../../src/shared/bridge/desktop-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

function harness({ available = true, fails = false } = {}) {
  const login = { on: false, waits: false };
  const loginItem = {
    available,
    isOn: () => login.on,
    waits: () => login.waits,
    set: vi.fn((on: boolean) => {
      if (fails) throw new Error('EACCES');
      login.on = on;
    }),
    startedThisCopy: () => false,
  };
  const updates = {
    state: (): UpdateState => ({ phase: 'idle' }),
    onState: () => () => undefined,
    check: vi.fn(),
    install: vi.fn(),
    setEnabled: vi.fn(),
  };
  const services = {
    keyProtection: 'system' as const,
    updates,
    openLog: vi.fn(),
    setMenuTexts: vi.fn(),
    setSpellCheck: vi.fn(),
    hasSpellCheck: true,
  };
  const file = new DesktopFile(`${temporaryFolder()}/desktop.json`, (error) => {
    throw error;
  });
  const setTexts = vi.fn();
  const onChange = vi.fn();
  const commands = createDesktopCommands({
    file,
    loginItem,
    services,
    platform: 'darwin',
    closing: () => 'choice',
    setTexts,
    onChange,
  });
  return { commands, file, login, loginItem, onChange, services, setTexts, updates };
}

describe('the desktop app’s settings', () => {
  test('are shown with the capabilities of the system', () => {
    const { commands, login } = harness();
    expect(commands.desktopState({})).toEqual({
      settings: { closeToTray: false, startAtLogin: false, autoUpdate: true, spellCheck: true },
      keyProtection: 'system',
      update: { phase: 'idle' },
      closing: 'choice',
      hasLoginItem: true,
      loginItemWaits: false,
      system: 'mac',
      hasSpellCheck: true,
    });
    // The user may change it in the system's own settings.
    login.on = true;
    expect(commands.desktopState({}).settings.startAtLogin).toBe(true);
    login.waits = true;
    expect(commands.desktopState({}).loginItemWaits).toBe(true);
  });

  test('change as requested, one by one, and the others stay', () => {
    const { commands, file, onChange, services, updates } = harness();
    commands.updateDesktop({ closeToTray: true });
    expect(file.memory.closeToTray).toBe(true);
    expect(updates.setEnabled).not.toHaveBeenCalled();
    expect(services.setSpellCheck).not.toHaveBeenCalled();
    const { settings } = commands.updateDesktop({ autoUpdate: false, spellCheck: false });
    expect(settings).toMatchObject({ closeToTray: true, autoUpdate: false, spellCheck: false });
    expect(updates.setEnabled.mock.calls).toEqual([[false]]);
    expect(services.setSpellCheck.mock.calls).toEqual([[false]]);
    expect(onChange).toHaveBeenCalledTimes(2);
    commands.updateDesktop({ closeToTray: undefined });
    expect(file.memory.closeToTray).toBe(true);
  });

  test('keep start at login in the system’s own list only', () => {
    const { commands, file, loginItem } = harness();
    expect(commands.updateDesktop({ startAtLogin: true }).settings.startAtLogin).toBe(true);
    expect(loginItem.set.mock.calls).toEqual([[true]]);
    expect(file.memory).not.toHaveProperty('startAtLogin');
    const development = harness({ available: false });
    development.commands.updateDesktop({ startAtLogin: true });
    expect(development.loginItem.set).not.toHaveBeenCalled();
  });

  test('stay as they were when the system refuses a change', () => {
    const { commands, file, onChange, updates } = harness({ fails: true });
    const wanted = { startAtLogin: true, closeToTray: true, autoUpdate: false };
    expect(() => commands.updateDesktop(wanted)).toThrow('EACCES');
    expect(file.memory.closeToTray).toBe(false);
    expect(updates.setEnabled).not.toHaveBeenCalled();
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe('the page’s requests to the desktop app', () => {
  test('are handled by the service responsible', () => {
    const { commands, services, setTexts, updates } = harness();
    expect(commands.checkForUpdate({}).update).toEqual({ phase: 'idle' });
    expect([commands.installUpdate({}), commands.openLog({})]).toEqual([null, null]);
    commands.setDesktopTexts(ENGLISH_DESKTOP_TEXTS);
    for (const done of [updates.check, updates.install, services.openLog]) {
      expect(done).toHaveBeenCalledOnce();
    }
    for (const done of [setTexts, services.setMenuTexts]) {
      expect(done.mock.calls).toEqual([[ENGLISH_DESKTOP_TEXTS]]);
    }
  });
});
