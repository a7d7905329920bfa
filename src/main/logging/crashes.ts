import type { Details, Dialog, RenderProcessGoneDetails, WebContents } from 'electron';
import type { Emits } from '../base/emits.ts';
import { stopInTime } from '../base/stop-in-time.ts';
import { describeError } from './log-entry.ts';

export interface FatalDeps {
  readonly process: Emits<{ uncaughtException: [unknown]; unhandledRejection: [unknown] }>;
  readonly log: (entry: string) => void;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  /** Ends the core, as far as it runs. */
  readonly stop: () => Promise<void>;
  readonly exit: (code: number) => void;
  /** How long `stop` may take, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * An error that nobody caught leaves the app in a state that nobody knows: it is logged, the core is
 * ended in good order, the user is told, and the app ends. What was acknowledged is on disk.
 */
export function endOnFatalErrors(deps: FatalDeps): void {
  const { process, log, dialog, stop, timeoutMs, exit } = deps;
  let ending = false;
  const end = async (error: unknown): Promise<void> => {
    log(`fatal ${describeError(error)}`);
    if (ending) return;
    ending = true;
    const onError = (failure: unknown): void => log(`stopping ${describeError(failure)}`);
    await stopInTime({ stop, timeoutMs, onError });
    dialog.showErrorBox(
      'Parley has to end',
      'Something unexpected happened inside Parley. Your messages are safe.\n\n' +
        'Start Parley again. If this comes back, the log in its profile folder shows what happened.',
    );
    exit(1);
  };
  process.on('uncaughtException', (error) => void end(error));
  process.on('unhandledRejection', (error) => void end(error));
}

/** So many crashes of a page within this time, in milliseconds, and it is not loaded again. */
const MAX_RELOADS = 3;
const RELOADS_WITHIN = 5 * 60_000;

export interface CrashWatchDeps {
  readonly app: Emits<{
    'render-process-gone': [
      event: unknown,
      contents: Pick<WebContents, 'isDestroyed' | 'reload'>,
      details: RenderProcessGoneDetails,
    ];
    'child-process-gone': [event: unknown, details: Details];
  }>;
  readonly log: (entry: string) => void;
  readonly dialog: FatalDeps['dialog'];
  /** Milliseconds of a clock that never goes back. */
  readonly uptime: () => number;
}

/** Loads a crashed page again, as long as that seems to help, and writes down each crash. */
export function watchCrashes({ app, log, dialog, uptime }: CrashWatchDeps): void {
  let reloads: readonly number[] = [];
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log(`page gone: ${reason} ${exitCode}`);
    if (contents.isDestroyed()) return;
    reloads = [...reloads.filter((at) => uptime() - at < RELOADS_WITHIN), uptime()];
    if (reloads.length <= MAX_RELOADS) contents.reload();
    else if (reloads.length === MAX_RELOADS + 1) {
      dialog.showErrorBox(
        'Parley’s window keeps failing',
        'Messages still arrive and are kept.\n\nQuit Parley and start it again. If this comes back, ' +
          'the log in its profile folder shows what happened.',
      );
    }
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log(`process gone: ${type} ${reason} ${exitCode}`);
  });
}
