import { app, crashReporter, dialog, shell } from 'electron';
import { systemWorld } from '../../core/base/system-world.ts';
import { runsOn } from '../os/about.ts';
import { endOnFatalErrors, watchCrashes } from './crashes.ts';
import { ErrorLog } from './error-log.ts';
import { describeError } from './log-entry.ts';

export interface Logging {
  /** Logs an unexpected error. */
  readonly onUnexpected: (error: unknown) => void;
  /** Shows the log in the system's file manager. */
  readonly open: () => void;
  /** Makes a fatal error call `stop`, which stops the core, before the app quits. */
  readonly stopFirst: (stop: () => Promise<void>) => void;
}

/** Timeout for stopping the core after a fatal error, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Writes errors and crashes to a log in the profile's `folder`. Call it before Electron is ready. */
export function enableLogging(folder: string): Logging {
  const { platform, arch, versions } = process;
  const errors = new ErrorLog({ folder, now: Date.now });
  const log = (entry: string): void => errors.write(entry);
  let stop = async (): Promise<void> => {};
  log(`started Parley ${app.getVersion()} on ${platform} ${arch}, ${runsOn(versions)}`);
  crashReporter.start({ uploadToServer: false });
  // The terminal that we were started from may have been closed: failed output is not an error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  endOnFatalErrors({
    process,
    log,
    dialog,
    stop: () => stop(),
    exit: (code) => app.exit(code),
    timeoutMs: TIMEOUT_MS,
  });
  watchCrashes({ app, log, dialog, uptime: systemWorld.uptime });
  return {
    onUnexpected: (error) => {
      console.error('Unexpected:', error);
      log(`unexpected ${describeError(error)}`);
    },
    open: () => shell.showItemInFolder(errors.file),
    stopFirst: (given) => {
      stop = given;
    },
  };
}
