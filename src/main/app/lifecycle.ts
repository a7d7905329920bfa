import type { App } from 'electron';
import { waitingTimers } from '../../core/base/system-world.ts';
import { withDeadline } from '../../core/base/timeout.ts';
import type { Emits, Preventable } from '../base/emits.ts';

export interface LifecycleDeps {
  readonly app: Pick<App, 'quit'> &
    Emits<{ 'before-quit': [Preventable]; 'window-all-closed': []; activate: [] }>;
  readonly platform: NodeJS.Platform;
  /** Stops the core: calls answered, files closed. */
  readonly stop: () => Promise<void>;
  readonly presentWindow: () => void;
  /** Quits the app, once the core has stopped: `app.quit`, or an updater that quits by itself. */
  readonly leave: () => void;
  readonly onUnexpected: (error: unknown) => void;
  /** How long quitting waits for `stop`, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Quitting stops the core first and proceeds when that is done, or times out. Closing the last
 * window quits, except on macOS, where apps stay until told to quit and reopen from the Dock.
 */
export function manageLifecycle(deps: LifecycleDeps): void {
  const { app, platform, presentWindow, leave, stop, timeoutMs, onUnexpected } = deps;
  // Also what it throws at once is a failure of it.
  const ended = async () => stop();
  let state: 'running' | 'stopping' | 'stopped' = 'running';

  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    const onLate = (): void =>
      onUnexpected(new Error(`The core did not stop within ${timeoutMs} ms.`));
    void withDeadline(waitingTimers, timeoutMs, ended(), onLate)
      .catch(onUnexpected)
      .then(() => {
        state = 'stopped';
        leave();
      });
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  app.on('activate', presentWindow);
}
