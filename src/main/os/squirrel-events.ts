import { win32 } from 'node:path';

export interface SquirrelDeps {
  readonly platform: NodeJS.Platform;
  /** The app's own arguments, without its program. */
  readonly args: readonly string[];
  /** The app's program. */
  readonly program: string;
  /** Starts a program; answers when it has ended, however that went. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>;
  /** Tells the system about the app: its entry in the Start menu, its links. */
  readonly announce: () => void;
  /** Takes back what the app has told the system about itself. */
  readonly forget: () => Promise<void>;
}

/**
 * Windows' installer starts the app for a moment to have it put up or take down its shortcuts. Null
 * for an ordinary start; otherwise what to do before the app ends at once, with no window and no
 * profile.
 */
export function squirrelTask(deps: SquirrelDeps): (() => Promise<void>) | null {
  const { platform, args, program, run, announce, forget } = deps;
  if (platform !== 'win32') return null;
  const update = win32.join(win32.dirname(program), '..', 'Update.exe');
  const name = win32.basename(program);
  switch (args[0]) {
    case '--squirrel-install':
    case '--squirrel-updated':
      // In the Start menu, Squirrel knows only a folder by the maker's name, beside which Electron
      // would put an entry of its own: there, we make the one that both leave alone.
      return async () => {
        announce();
        await run(update, ['--createShortcut', name, '--shortcut-locations=Desktop']);
      };
    case '--squirrel-uninstall':
      return async () => {
        await forget();
        await run(update, ['--removeShortcut', name]);
      };
    // Said to the old version when a new one has taken its place.
    case '--squirrel-obsolete':
      return async () => {};
    default:
      return null;
  }
}
