import { afterEach, beforeEach, expect, test } from 'vitest';
import { askDesktop } from '../support/real-electron/bridge.ts';
import { Computer } from '../support/real-electron/computer.ts';
import { lookAtWindow, windowDoes } from '../support/real-electron/look.ts';
import { inRealElectron } from '../support/real-electron/present.ts';

const mac = process.platform === 'darwin';

/** Window managers put a window's frame where the window was: as much as a title bar, in pixels. */
const FRAME = 40;

inRealElectron('the window in real Electron', (program) => {
  let computer: Computer;
  beforeEach(() => {
    computer = new Computer(program);
  });
  afterEach(() => computer.end());

  const visible = (copy: Awaited<ReturnType<Computer['start']>>) => async () =>
    (await lookAtWindow(copy.app)).visible;

  test('is shown, in the page’s own colour before the page is painted', async () => {
    const copy = await computer.start({ name: 'Alice' });
    await expect.poll(visible(copy)).toBe(true);
    const { background, dark } = await lookAtWindow(copy.app);
    expect(background.toLowerCase()).toBe(dark ? '#151819' : '#ffffff');
    expect(await copy.quit()).toBe(0);
  });

  test('has a menu bar', async () => {
    const copy = await computer.start({ name: 'Alice' });
    const menus = await copy.app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label }) => label),
    );
    const usual = ['File', 'Edit', 'View', 'Help'];
    expect(menus).toEqual(mac ? ['Parley', 'File', 'Edit', 'View', 'Window', 'Help'] : usual);
    expect(await copy.quit()).toBe(0);
  });

  test('is restored at its place and size', async () => {
    const first = await computer.start({ name: 'Alice' });
    await expect.poll(visible(first)).toBe(true);
    await first.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setBounds({ x: 120, y: 90, width: 720, height: 560 });
    });
    const width = async () => (await lookAtWindow(first.app)).bounds.width;
    await expect.poll(width).toBe(720);
    const { bounds: before } = await lookAtWindow(first.app);
    expect(await first.quit()).toBe(0);

    const second = await computer.start({ name: 'Alice' });
    await expect.poll(visible(second)).toBe(true);
    const { bounds: after } = await lookAtWindow(second.app);
    expect([after.width, after.height]).toEqual([before.width, before.height]);
    expect(Math.abs(after.x - before.x)).toBeLessThanOrEqual(FRAME);
    expect(Math.abs(after.y - before.y)).toBeLessThanOrEqual(FRAME);
    expect(await second.quit()).toBe(0);
  });

  test('comes to the front when its profile is started again', async () => {
    const copy = await computer.start({ name: 'Alice' });
    await expect.poll(visible(copy)).toBe(true);
    await windowDoes(copy.app, 'hide');
    await expect.poll(visible(copy)).toBe(false);
    expect(await computer.startAgain('Alice', '--hidden')).toBe(0);
    expect(await visible(copy)()).toBe(false);
    expect(await computer.startAgain('Alice')).toBe(0);
    await expect.poll(visible(copy)).toBe(true);
    expect(await copy.quit()).toBe(0);
  });

  test('stays hidden when the app is started hidden', async () => {
    const copy = await computer.start({ name: 'Alice', hidden: true });
    await copy.page.getByRole('button', { name: 'Settings' }).waitFor();
    expect(await visible(copy)()).toBe(false);
    expect(await computer.startAgain('Alice')).toBe(0);
    await expect.poll(visible(copy)).toBe(true);
    expect(await copy.quit()).toBe(0);
  });

  test('hides in the tray where there is one; otherwise closing it quits', async () => {
    const copy = await computer.start({ name: 'Alice' });
    await expect.poll(visible(copy)).toBe(true);
    const { settings, closing } = await askDesktop(copy.page, 'updateDesktop', {
      closeToTray: true,
    });
    expect(settings.closeToTray).toBe(true);
    // Every Windows has a place for icons; on Linux, not every desktop has.
    if (mac) expect(closing).toBe('hides');
    else if (process.platform === 'win32') expect(closing).toBe('choice');
    else expect(['choice', 'quits']).toContain(closing);
    await windowDoes(copy.app, 'close');
    if (closing === 'quits') {
      expect(await copy.ended).toBe(0);
      return;
    }
    await expect.poll(visible(copy)).toBe(false);
    expect(await computer.startAgain('Alice')).toBe(0);
    await expect.poll(visible(copy)).toBe(true);
    expect(await copy.quit()).toBe(0);
  });
});
