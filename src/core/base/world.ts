import type { RandomBytes } from '../../shared/model/ids.ts';

/** Stops a timer that has not fired yet; harmless afterwards. */
export type CancelTimer = () => void;

/**
 * Time and randomness, injected so that a simulation can control them. Everything in the core that
 * waits, takes a time or draws a random number goes through here.
 */
export interface World {
  /** Unix milliseconds. May jump, as wall clocks do: for timestamps, never for durations. */
  readonly now: () => number;
  /** Monotonic milliseconds: for durations. */
  readonly uptime: () => number;
  /** Runs `task` once after `ms`. */
  readonly after: (ms: number, task: () => void) => CancelTimer;
  /** Cryptographic random bytes. */
  readonly randomBytes: RandomBytes;
  /** Uniform in [0, 1): for jitter, not for secrets. */
  readonly random: () => number;
}
