import { waitingTimers } from '../../core/base/system-world.ts';
import { withDeadline } from '../../core/base/timeout.ts';
import type { StopReason, TerminalIo } from './io.ts';

/** How long a clean stop may take before the process ends anyway, milliseconds. */
const STOP_TIMEOUT = 5_000;

/** Listens for the process's requests to stop; further ones have no effect. */
export function stopRequest({ onStop }: Pick<TerminalIo, 'onStop'>) {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<StopReason>();
  const dispose = onStop((reason) => {
    resolve(reason);
    controller.abort();
  });
  return {
    /** Resolves with the first request. */
    reason: promise,
    /** Fires with the first request. */
    signal: controller.signal,
    /** Waits for `work`, but not longer than a user waits after Ctrl+C. */
    bounded: (work: Promise<void>) =>
      withDeadline(waitingTimers, STOP_TIMEOUT, work, () => undefined),
    dispose,
  };
}
