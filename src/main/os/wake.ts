import type { Emits } from '../base/emits.ts';

export interface WakeDeps {
  readonly power: Emits<{ resume: []; 'unlock-screen': [] }>;
  /** Calls `task` once, after `ms` milliseconds. */
  readonly after: (ms: number, task: () => void) => unknown;
  /** Reconnects to all contacts at once. */
  readonly reconnect: () => void;
}

/** Waking and unlocking come together, and the network a little later than either. */
const TOGETHER = 3_000;

/**
 * Reconnects as soon as the computer wakes or is unlocked. Of a burst of events the first counts at
 * once, and all others as one more, when the burst is over.
 */
export function reconnectOnWake({ power, after, reconnect }: WakeDeps): void {
  let waiting = false;
  let again = false;
  const settle = (): void => {
    waiting = false;
    if (again) wake();
  };
  const wake = (): void => {
    again = waiting;
    if (waiting) return;
    waiting = true;
    after(TOGETHER, settle);
    reconnect();
  };
  power.on('resume', wake);
  power.on('unlock-screen', wake);
}
