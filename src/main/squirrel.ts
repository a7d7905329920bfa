import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { app } from 'electron';
import { LINK_SCHEME } from '../shared/parley-link.ts';
import { squirrelTask } from './squirrel-events.ts';

/** Windows' installer waits this long for us before it goes on; milliseconds. */
const PATIENCE = 10_000;

/** Whether Windows' installer has started the app: then it does what is asked of it, and ends. */
export function endsAfterInstallerTask(): boolean {
  const { platform, argv, execPath } = process;
  const task = squirrelTask({
    platform,
    args: argv.slice(1),
    program: execPath,
    run,
    forget: () => forget(win32.join(win32.dirname(execPath), '..', win32.basename(execPath))),
  });
  if (task === null) return false;
  task().then(
    () => app.exit(0),
    () => app.exit(1),
  );
  return true;
}

/** Links and logins no longer lead here. `stub` is what starts the newest version (login-item.ts). */
function forget(stub: string): void {
  // As links.ts has said it.
  app.removeAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--']);
  for (const { name } of app.getLoginItemSettings({ path: stub }).launchItems) {
    app.setLoginItemSettings({ openAtLogin: false, path: stub, name });
  }
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const child = spawn(program, args, { timeout: PATIENCE });
  child.once('error', () => ended.resolve());
  child.once('close', () => ended.resolve());
  await ended.promise;
}
