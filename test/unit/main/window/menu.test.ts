import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { type MenuOptions, menuTemplate } from '../../../../src/main/window/menu.ts';
import type { DesktopTexts } from '../../../../src/shared/bridge/desktop-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';

type Item = MenuItemConstructorOptions;

const SYSTEMS = ['linux', 'win32', 'darwin'] as const;

function all(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
}

function harness(given: Partial<MenuOptions> = {}) {
  const perform = vi.fn();
  const openLog = vi.fn();
  const openWebsite = vi.fn();
  const bar = menuTemplate({
    platform: 'linux',
    isPackaged: true,
    texts: ENGLISH_DESKTOP_TEXTS,
    perform,
    openLog,
    website: null,
    openWebsite,
    ...given,
  });
  const items = all(bar);
  const click = (label: string): void => {
    const item = items.find((it) => it.label === label);
    if (!item?.click) throw new Error(`Nothing happens on ${label}.`);
    (item.click as () => void)();
  };
  const roles = items.map((item) => item.role);
  return { bar, items, roles, click, perform, openLog, openWebsite };
}

describe('the menu bar', () => {
  test('has the menus usual on each system, in their order', () => {
    const labels = (platform: NodeJS.Platform) => harness({ platform }).bar.map((it) => it.label);
    expect(labels('linux')).toEqual(['File', 'Edit', 'View', 'Help']);
    expect(labels('win32')).toEqual(['File', 'Edit', 'View', 'Help']);
    expect(labels('darwin')).toEqual(['Parley', 'File', 'Edit', 'View', 'Window', 'Help']);
  });

  test.each(SYSTEMS)('copies, pastes, zooms, closes and quits on %s', (platform) => {
    const usual = ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'close', 'quit'] as const;
    expect(harness({ platform }).roles).toEqual(
      expect.arrayContaining([...usual, 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']),
    );
  });

  test.each(SYSTEMS)('opens each of our dialogs on %s', (platform) => {
    const { click, perform, openLog } = harness({ platform });
    for (const label of ['New chat', 'Settings…', 'Find…', 'Keyboard shortcuts']) click(label);
    if (platform !== 'darwin') click('About Parley');
    click('Show error log');
    const types = ['new-chat', 'settings', 'find', 'shortcuts'];
    expect(perform.mock.calls.map(([it]) => it.type)).toEqual(
      platform === 'darwin' ? types : [...types, 'about'],
    );
    expect(openLog).toHaveBeenCalledOnce();
  });

  test('is completely in the user’s language', () => {
    const texts = Object.fromEntries(
      Object.keys(ENGLISH_DESKTOP_TEXTS).map((key) => [key, `§${key}`]),
    );
    for (const platform of SYSTEMS) {
      const { items } = harness({ platform, texts: texts as DesktopTexts });
      for (const { type, label } of items) {
        if (type !== 'separator' && label !== 'Parley') expect(label).toMatch(/^§/);
      }
    }
  });

  test('uses no accelerator twice', () => {
    for (const platform of SYSTEMS) {
      const keys = harness({ platform }).items.flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBeGreaterThan(3);
    }
  });

  test('has reload and developer tools only in development', () => {
    const forBuilders = ['reload', 'forceReload', 'toggleDevTools', 'viewMenu'];
    const has = (isPackaged: boolean) =>
      harness({ isPackaged }).roles.filter((role) => role && forBuilders.includes(role));
    expect(has(true)).toEqual([]);
    expect(has(false)).toEqual(['reload', 'toggleDevTools']);
  });

  test('links to the project’s page only when the build names one', () => {
    const { click, openWebsite } = harness({ website: 'https://example.org/parley/' });
    click('example.org/parley');
    expect(openWebsite).toHaveBeenCalledOnce();
    expect(harness().items.some(({ label }) => label?.includes('.org'))).toBe(false);
  });
});
