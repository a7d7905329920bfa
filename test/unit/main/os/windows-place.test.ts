import { expect, test } from 'vitest';
import {
  introduceToWindows,
  squirrelModelId,
  startMenuEntry,
  TOAST_ACTIVATOR,
} from '../../../../src/main/os/windows-place.ts';

function fakeApp(isPackaged: boolean) {
  const calls: unknown[][] = [];
  const noting =
    (name: string) =>
    (value: string): void =>
      void calls.push([name, value]);
  const app = {
    isPackaged,
    setName: noting('name'),
    setAppUserModelId: noting('id'),
    setToastActivatorCLSID: noting('class'),
  };
  return { app, calls };
}

test('the COM class on Windows is constant, so that an uninstall can remove it', () => {
  const { app, calls } = fakeApp(true);
  introduceToWindows(app, 'win32');
  expect(calls).toEqual([['class', TOAST_ACTIVATOR]]);
  expect(TOAST_ACTIVATOR).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
});

test('a development build has its own identity, and leaves the installed app’s entry alone', () => {
  const { app, calls } = fakeApp(false);
  introduceToWindows(app, 'win32');
  const named = new Map(calls as [string, string][]);
  expect(startMenuEntry('C:\\x')).not.toContain(`${named.get('name')}.lnk`);
  expect(named.get('id')).not.toBe(squirrelModelId('C:\\x\\parley\\app-1.0.0\\Parley.exe'));
  expect(named.has('class')).toBe(false);
});

test.each(['darwin', 'linux'] as const)('nothing is registered on %s', (platform) => {
  const { app, calls } = fakeApp(true);
  introduceToWindows(app, platform);
  expect(calls).toEqual([]);
});

test('the Start menu entry is where Electron looks for one, under the name that it derives', () => {
  const appData = 'C:\\Users\\Ann Lee\\AppData\\Roaming';
  expect(startMenuEntry(appData)).toBe(
    `${appData}\\Microsoft\\Windows\\Start Menu\\Programs\\Parley.lnk`,
  );
  const program = 'C:\\Users\\Ann Lee\\AppData\\Local\\parley\\app-1.0.0\\Parley.exe';
  expect(squirrelModelId(program)).toBe('com.squirrel.parley.Parley');
});
