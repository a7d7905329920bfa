import { win32 } from 'node:path';

export interface SquirrelDeps {
  readonly platform: NodeJS.Platform;
  /** The app's own arguments, without its program. */
  readonly args: readonly string[];
  /** The app's program. */
  readonly program: string;
  /** Runs a program; resolves when it has exited, whatever its exit code. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>;
  /** Registers the app with the system: its entry in the Start menu, its links. */
  readonly announce: () => void;
  /** Removes the app's registrations. */
  readonly forget: () => Promise<void>;
}

/**
 * Windows' installer starts the app briefly to create or remove its shortcuts. Null for an ordinary
 * start; otherwise the task to run before the app exits, without a window or a profile.
 */
export function squirrelTask(deps: SquirrelDeps): (() => Promise<void>) | null {
  const { platform, args, program, run, announce, forget } = deps;
  if (platform !== 'win32') return null;
  const update = win32.join(win32.dirname(program), '..', 'Update.exe');
  const name = win32.basename(program);
  switch (args[0]) {
    case '--squirrel-install':
    case '--squirrel-updated':
      // In the Start menu, Squirrel only supports a folder named after the publisher, beside which
      // Electron would create another entry: there, we create the one that both leave alone.
      return async () => {
        announce();
        await run(update, ['--createShortcut', name, '--shortcut-locations=Desktop']);
      };
    case '--squirrel-uninstall':
      return async () => {
        await forget();
        await run(update, ['--removeShortcut', name]);
      };
    // Passed to the old version after an update.
    case '--squirrel-obsolete':
      return async () => {};
    default:
      return null;
  }
}
