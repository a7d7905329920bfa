import { waitingTimers } from '../../core/base/system-world.ts';
import { withDeadline } from '../../core/base/timeout.ts';
import type { StopReason, TerminalIo } from './io.ts';

/** How long a clean stop may take before the process ends anyway, milliseconds. */
const STOP_TIMEOUT = 5_000;

export interface StopRequest {
  /** Resolves with the first request. */
  readonly reason: Promise<StopReason>;
  /** Fires with the first request. */
  readonly signal: AbortSignal;
  /** Waits for `work`, but not longer than a user waits after Ctrl+C. */
  readonly bounded: (work: Promise<void>) => Promise<void>;
  readonly dispose: () => void;
}

/** Listens for the process's requests to stop; further ones have no effect. */
export function stopRequest({ onStop }: Pick<TerminalIo, 'onStop'>): StopRequest {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<StopReason>();
  const dispose = onStop((reason) => {
    resolve(reason);
    controller.abort();
  });
  return {
    reason: promise,
    signal: controller.signal,
    bounded: (work) => withDeadline(waitingTimers, STOP_TIMEOUT, work, () => undefined),
    dispose,
  };
}
