/** How long, in milliseconds, and how many calls at once. */
export interface LoadOptions {
  readonly warmUp: number;
  readonly measure: number;
  readonly inFlight: number;
}

export interface Load {
  /** Calls that were answered, a second. */
  readonly perSecond: number;
  /** Median time of one call, milliseconds. */
  readonly p50: number;
  /** Calls that were answered, in all: warm-up included. */
  readonly answered: number;
  /** Calls that failed, in all. */
  readonly failed: number;
  /** When the other side ended the connection, milliseconds from the start; null: it did not. */
  readonly endedAt: number | null;
}

/**
 * Keeps `inFlight` calls under way, each followed by the next, and counts those answered after the
 * warm-up. A connection that is ended by the other side still counts with its whole time.
 */
export async function applyLoad(
  options: LoadOptions,
  call: () => PromiseLike<unknown>,
  isEnded: () => boolean = () => false,
): Promise<Load> {
  const start = performance.now();
  const from = start + options.warmUp;
  const until = from + options.measure;
  const times: number[] = [];
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
        if (began >= from && now < until) times.push(now - began);
      } catch {
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, keepCalling));
  return {
    perSecond: (times.length / options.measure) * 1000,
    p50: medianOf(times),
    answered,
    failed,
    endedAt,
  };
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
