import type { Load } from './load.ts';
import type { Measured, Side } from './row.ts';
import type { Part } from './start-role.ts';

/** A side whose runs are loads. */
export function sideOf(
  { run, stop }: Pick<Part<unknown>, 'run' | 'stop'>,
  measured: (load: Load) => Measured,
): Side {
  return { run: async () => measured((await run()) as Load), stop };
}

/** A load as the milliseconds that one call takes. */
export function timeOf({ p50 }: Load): Measured {
  return { value: p50 };
}

/** A load as calls a second, with what a limit did to it. */
export function rateOf({ perSecond, failed, endedAt }: Load): Measured {
  if (endedAt !== null) {
    const remark = `a limit ended the connection ${(endedAt / 1000).toFixed(1)} s after the start`;
    return { value: perSecond, remark };
  }
  return failed > 0
    ? { value: perSecond, remark: 'some calls were refused by a limit' }
    : { value: perSecond };
}
