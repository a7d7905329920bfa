import type { Details, Dialog, RenderProcessGoneDetails, WebContents } from 'electron';
import { waitingTimers } from '../../core/base/system-world.ts';
import { withDeadline } from '../../core/base/timeout.ts';
import type { Emits } from '../base/emits.ts';
import { describeError } from './log-entry.ts';

export interface FatalDeps {
  readonly process: Emits<{ uncaughtException: [unknown]; unhandledRejection: [unknown] }>;
  readonly log: (entry: string) => void;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  /** Stops the core, if it runs. */
  readonly stop: () => Promise<void>;
  readonly exit: (code: number) => void;
  /** How long `stop` may take, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * An uncaught error leaves the app in an unknown state: it is logged, the core is stopped cleanly,
 * the user is told, and the app quits. Acknowledged messages are on disk.
 */
export function endOnFatalErrors(deps: FatalDeps): void {
  const { process, log, dialog, stop, timeoutMs, exit } = deps;
  let ending = false;
  // Also what it throws at once is a failure of it.
  const ended = async () => stop();
  const end = async (error: unknown): Promise<void> => {
    log(`fatal ${describeError(error)}`);
    if (ending) return;
    ending = true;
    const onError = (failure: unknown): void => log(`stopping ${describeError(failure)}`);
    await withDeadline(waitingTimers, timeoutMs, ended(), () => {}).catch(onError);
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

/** After so many crashes of a page within this time, in milliseconds, it is not reloaded. */
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
  /** Monotonic clock, milliseconds. */
  readonly uptime: () => number;
}

/** Reloads a crashed page, as long as that seems to help, and logs each crash. */
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
