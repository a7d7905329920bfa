import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './statistics.ts';

/** How long, in milliseconds, and how many calls at once. */
export interface LoadOptions {
  readonly warmUp: number;
  readonly measure: number;
  readonly inFlight: number;
  /** Between an answer and the next call: a caller who does not send as fast as possible. */
  readonly pause?: number;
}

export interface Load {
  /** Calls that were answered, a second. */
  readonly perSecond: number;
  /** Median time of one call, milliseconds. */
  readonly p50: number;
  /** The time that one of a hundred calls exceeds, milliseconds. */
  readonly p99: number;
  /** Calls that were answered, in all: warm-up included. */
  readonly answered: number;
  /** Calls that failed, in all. */
  readonly failed: number;
  /** When the other side ended the connection, milliseconds from the start; null: it did not. */
  readonly endedAt: number | null;
}

/**
 * Keeps `inFlight` calls under way, each followed by the next, and counts those answered after the
 * warm-up. A connection that is ended by the other side still counts with its whole time. The times
 * of all calls that end after the warm-up count, however late: waiting is what they are about.
 */
export async function applyLoad(
  options: LoadOptions,
  call: () => PromiseLike<unknown>,
  isEnded: () => boolean = () => false,
): Promise<Load> {
  const { inFlight, pause = 0 } = options;
  const start = performance.now();
  const from = start + options.warmUp;
  const until = from + options.measure;
  const times: number[] = [];
  let counted = 0;
  let answered = 0;
  let failed = 0;
  let endedAt: number | null = null;
  const keepCalling = async () => {
    for (;;) {
      const began = performance.now();
      if (began >= until) return;
      if (isEnded()) {
        endedAt ??= began - start;
        return;
      }
      try {
        await call();
        answered += 1;
        const now = performance.now();
        if (now >= from) times.push(now - began);
        if (began >= from && now < until) counted += 1;
      } catch {
        failed += 1;
      }
      if (pause > 0) await sleep(pause);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, keepCalling));
  return {
    perSecond: (counted / options.measure) * 1000,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    answered,
    failed,
    endedAt,
  };
}

function at(times: readonly number[], share: number): number {
  return times.length === 0 ? 0 : percentile(times, share);
}
