import { readFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { expect, test, vi } from 'vitest';
import { squirrelTask } from '../../../../src/main/os/squirrel-events.ts';

const PROGRAM = 'C:\\Users\\ann\\AppData\\Local\\parley\\app-1.2.3\\Parley.exe';
const UPDATE = 'C:\\Users\\ann\\AppData\\Local\\parley\\Update.exe';

function harness(args: readonly string[], platform: NodeJS.Platform = 'win32') {
  const done: string[] = [];
  const run = vi.fn(async (program: string, given: readonly string[]) => {
    done.push([win32.basename(program), ...given].join(' '));
  });
  const announce = () => void done.push('announce');
  const forget = async () => void done.push('forget');
  const task = squirrelTask({ platform, args, program: PROGRAM, run, announce, forget });
  return { task, run, done };
}

test.each(['--squirrel-install', '--squirrel-updated'])(
  '%s registers the app, and Squirrel creates no second entry in the Start menu',
  async (event) => {
    const it = harness([event, '1.2.3']);
    await it.task?.();
    const shortcut = 'Update.exe --createShortcut Parley.exe --shortcut-locations=Desktop';
    expect(it.done).toEqual(['announce', shortcut]);
    expect(it.run.mock.calls[0]?.[0]).toBe(UPDATE);
  },
);

test('--squirrel-uninstall removes everything that was registered', async () => {
  const it = harness(['--squirrel-uninstall', '1.2.3']);
  await it.task?.();
  expect(it.done).toEqual(['forget', 'Update.exe --removeShortcut Parley.exe']);
});

// An unknown place makes Squirrel fail, and there is no shortcut at all.
test('shortcuts are requested only for locations that this Squirrel supports', async () => {
  const it = harness(['--squirrel-install', '1.2.3']);
  await it.task?.();
  const [, locations = ''] = /--shortcut-locations=(\S+)/.exec(it.done.join(' ')) ?? [];
  const squirrel = readFileSync('node_modules/electron-winstaller/vendor/Squirrel.exe', 'latin1');
  expect(locations).not.toBe('');
  for (const place of locations.split(',')) expect(squirrel).toContain(`\0${place}\0`);
  expect(squirrel).not.toContain('\0StartMenuRoot\0');
});

test('--squirrel-obsolete just exits', async () => {
  const { task, run } = harness(['--squirrel-obsolete', '1.2.2']);
  await task?.();
  expect(task).not.toBeNull();
  expect(run).not.toHaveBeenCalled();
});

test('every other launch starts normally', () => {
  expect(harness([]).task).toBeNull();
  expect(harness(['--squirrel-firstrun']).task).toBeNull();
  expect(harness(['parley://x', '--squirrel-uninstall']).task).toBeNull();
  expect(harness(['--squirrel-install'], 'linux').task).toBeNull();
});
