import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { TrayIcon, type TrayImage, type TrayView } from '../../../../src/main/tray/tray.ts';
import { TRAY_ICON_DATA, TRAY_ICON_SOURCE } from '../../../../src/main/tray/tray-icon-data.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';

type Menu = readonly MenuItemConstructorOptions[];

class FakeImage implements TrayImage {
  readonly scales = new Map<number, string>();
  isTemplate = false;

  addRepresentation({ scaleFactor, dataURL }: { scaleFactor: number; dataURL: string }): void {
    this.scales.set(scaleFactor, dataURL);
  }

  setTemplateImage(on: boolean): void {
    this.isTemplate = on;
  }
}

const VIEW: TrayView = { unread: 0, paused: false, texts: ENGLISH_DESKTOP_TEXTS };

function harness(
  platform: NodeJS.Platform = 'linux',
  view: TrayView = VIEW,
  display = { scaleFactor: 1 },
) {
  const now = { image: new FakeImage(), tip: '', menu: [] as Menu, destroyed: false };
  const calls: string[] = [];
  let click: (() => void) | null = null;
  const actions = { presentWindow: vi.fn(), setPaused: vi.fn(), quit: vi.fn() };
  const tray = new TrayIcon<FakeImage, Menu>(
    {
      platform,
      emptyImage: () => new FakeImage(),
      scaleFactor: () => display.scaleFactor,
      buildMenu: (items) => items,
      create: (image) => {
        now.image = image;
        return {
          setImage: (next) => {
            calls.push('image');
            now.image = next;
          },
          setToolTip: (text) => {
            calls.push('tip');
            now.tip = text;
          },
          setContextMenu: (menu) => {
            calls.push('menu');
            now.menu = menu;
          },
          on: (_event, listener) => {
            click = listener;
          },
          destroy: () => {
            now.destroyed = true;
          },
        };
      },
      ...actions,
    },
    view,
  );
  const choose = (label: string): void => {
    const item = now.menu.find((it) => it.label === label);
    (item?.click as (() => void) | undefined)?.();
  };
  calls.length = 0;
  return {
    ...actions,
    calls,
    choose,
    click: () => click,
    labels: () => now.menu.map((it) => it.label),
    now,
    tray,
  };
}

describe('the tray', () => {
  test('shows the window, pauses and quits', () => {
    const { choose, labels, presentWindow, quit, setPaused } = harness();
    expect(labels()).toEqual(['Show Parley', 'Pause', undefined, 'Quit Parley']);
    choose('Show Parley');
    choose('Pause');
    choose('Quit Parley');
    expect(presentWindow).toHaveBeenCalledOnce();
    expect(setPaused.mock.calls).toEqual([[true]]);
    expect(quit).toHaveBeenCalledOnce();
  });

  test('offers to resume exactly when the core is paused', () => {
    const { choose, labels, setPaused, tray } = harness();
    choose('Pause');
    // Nothing has come of it yet: it follows the core.
    expect(labels()).toContain('Pause');
    tray.show({ ...VIEW, paused: true });
    expect(labels()).toContain('Resume');
    choose('Resume');
    expect(setPaused.mock.calls).toEqual([[true], [false]]);
  });

  test('marks and counts unread messages', () => {
    const { now, tray } = harness();
    const plain = now.image;
    expect(now.tip).toBe('Parley');
    tray.show({ ...VIEW, unread: 2 });
    const marked = now.image;
    expect(marked).not.toBe(plain);
    expect(marked.scales.get(1)).not.toBe(plain.scales.get(1));
    expect(now.tip).toBe('Parley\nUnread: 2');
    tray.show({ ...VIEW, unread: 3 });
    expect([now.image, now.tip]).toEqual([marked, 'Parley\nUnread: 3']);
    tray.show(VIEW);
    expect([now.image, now.tip]).toEqual([plain, 'Parley']);
  });

  test('uses the user’s language as soon as it is known, with any character', () => {
    const { labels, now, tray } = harness('linux', { ...VIEW, unread: 1 });
    const texts = { ...ENGLISH_DESKTOP_TEXTS, unread: 'Ungelesen', quit: 'Ruhe & Ende' };
    tray.show({ unread: 1, paused: false, texts });
    expect(now.tip).toBe('Parley\nUngelesen: 1');
    // In a menu, one of them would mark a key.
    expect(labels()).toContain('Ruhe && Ende');
  });

  test('is not redrawn by unrelated changes', () => {
    const { calls, tray } = harness();
    tray.show({ ...VIEW });
    expect(calls).toEqual([]);
  });

  test('opens the window with a click, except on macOS, where a click opens the menu', () => {
    for (const platform of ['linux', 'win32'] as const) {
      const { click, presentWindow } = harness(platform);
      click()?.();
      expect(presentWindow).toHaveBeenCalledOnce();
    }
    expect(harness('darwin').click()).toBeNull();
  });

  /** The edge of the picture for scale 1, which is the only one that Windows and Linux are given. */
  const edgeOf = (image: FakeImage): number => {
    const data = image.scales.get(1)?.split(',')[1] ?? '';
    return Buffer.from(data, 'base64').readUInt32BE(16);
  };

  test.each([
    [1, 16],
    [1.25, 20],
    [1.5, 24],
    [1.75, 32],
    [2, 32],
    [3, 48],
    [4, 48],
  ])(
    'has on Windows, at a scale of %d, the icon with an edge of %i pixels',
    (scaleFactor, edge) => {
      const { now, tray } = harness('win32', VIEW, { scaleFactor });
      expect(edgeOf(now.image)).toBe(edge);
      tray.show({ ...VIEW, unread: 1 });
      expect(edgeOf(now.image)).toBe(edge);
      expect([...now.image.scales.keys()]).toEqual([1]);
      expect(now.image.isTemplate).toBe(false);
    },
  );

  test('changes its icon with the display’s scale', () => {
    const display = { scaleFactor: 1 };
    const { now, tray } = harness('win32', { ...VIEW, unread: 1 }, display);
    const marked = now.image.scales.get(1);
    display.scaleFactor = 2;
    tray.redraw();
    expect(edgeOf(now.image)).toBe(32);
    expect(now.image.scales.get(1)).not.toBe(marked);
    tray.show(VIEW);
    expect(edgeOf(now.image)).toBe(32);
  });

  test('has on Linux an icon large enough for any tray', () => {
    expect(edgeOf(harness('linux').now.image)).toBe(48);
  });

  test('has on macOS a template image for each scale, which the system colours', () => {
    const { now, tray } = harness('darwin');
    for (const unread of [0, 1]) {
      tray.show({ ...VIEW, unread });
      expect([...now.image.scales.keys()]).toEqual([1, 2]);
      expect(now.image.isTemplate).toBe(true);
    }
  });

  test('is removed when the app quits', () => {
    const { now, tray } = harness();
    tray.destroy();
    expect(now.destroyed).toBe(true);
  });
});

describe('the tray’s icons', () => {
  test('match the app’s current icon', () => {
    const svg = readFileSync(join(import.meta.dirname, '../../../../src/renderer/icon.svg'));
    // When this fails: npm run icons
    expect(TRAY_ICON_SOURCE).toBe(createHash('sha256').update(svg).digest('hex'));
  });

  test('have the size in their name', () => {
    for (const drawn of Object.values(TRAY_ICON_DATA)) {
      for (const [edge, data] of Object.entries(drawn)) {
        const png = Buffer.from(data, 'base64');
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(edge), Number(edge)]);
      }
    }
  });
});
