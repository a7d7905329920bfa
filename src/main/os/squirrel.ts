import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { app, shell } from 'electron';
import { claimLinks, disclaimLinks } from './links.ts';
import { forgetLogins } from './login-item.ts';
import { squirrelTask } from './squirrel-events.ts';
import {
  lastingProgram,
  squirrelModelId,
  startMenuEntry,
  TOAST_ACTIVATOR,
} from './windows-place.ts';

/** How long Windows' installer waits for us before it continues; milliseconds. */
const TIMEOUT_MS = 10_000;

/** Whether Windows' installer has started the app: then it runs the installer's task, and exits. */
export function endsAfterInstallerTask(): boolean {
  const { platform, argv, execPath } = process;
  const entry = startMenuEntry(app.getPath('appData'));
  const task = squirrelTask({
    platform,
    args: argv.slice(1),
    program: execPath,
    run,
    announce: () => {
      shell.writeShortcutLink(entry, 'create', {
        target: lastingProgram(execPath),
        appUserModelId: squirrelModelId(execPath),
        toastActivatorClsid: TOAST_ACTIVATOR,
      });
      claimLinks({ app, platform, execPath });
    },
    forget: async () => {
      disclaimLinks({ app, execPath });
      forgetLogins({ app, execPath });
      rmSync(entry, { force: true });
      const key = `HKCU\\Software\\Classes\\CLSID\\${TOAST_ACTIVATOR}`;
      await run('reg.exe', ['delete', key, '/f']);
    },
  });
  if (task === null) return false;
  task().then(
    () => app.exit(0),
    () => app.exit(1),
  );
  return true;
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const child = spawn(program, args, { timeout: TIMEOUT_MS });
  child.once('error', () => ended.resolve());
  child.once('close', () => ended.resolve());
  await ended.promise;
}
