import { expect, it, vi } from 'vitest';
import { squirrelTask } from '../../../src/main/squirrel-events.ts';

const PROGRAM = 'C:\\Users\\ann\\AppData\\Local\\parley\\app-1.2.3\\Parley.exe';
const UPDATE = 'C:\\Users\\ann\\AppData\\Local\\parley\\Update.exe';

function harness(args: readonly string[], platform: NodeJS.Platform = 'win32') {
  const run = vi.fn(async () => {});
  const forget = vi.fn();
  const task = squirrelTask({ platform, args, program: PROGRAM, run, forget });
  return { task, run, forget };
}

it.each([
  ['--squirrel-install', '--createShortcut'],
  ['--squirrel-updated', '--createShortcut'],
  ['--squirrel-uninstall', '--removeShortcut'],
])('the installer’s %s sees to the shortcuts', async (event, task) => {
  const it = harness([event, '1.2.3']);
  await it.task?.();
  expect(it.run.mock.calls).toEqual([[UPDATE, [task, 'Parley.exe']]]);
  expect(it.forget).toHaveBeenCalledTimes(event === '--squirrel-uninstall' ? 1 : 0);
});

it('an old version that has been replaced only ends', async () => {
  const { task, run } = harness(['--squirrel-obsolete', '1.2.2']);
  await task?.();
  expect(task).not.toBeNull();
  expect(run).not.toHaveBeenCalled();
});

it('every other start is an ordinary one', () => {
  expect(harness([]).task).toBeNull();
  expect(harness(['--squirrel-firstrun']).task).toBeNull();
  expect(harness(['parley://x', '--squirrel-uninstall']).task).toBeNull();
  expect(harness(['--squirrel-install'], 'linux').task).toBeNull();
});
