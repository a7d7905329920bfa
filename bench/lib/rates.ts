import type { Load } from './load.ts';
import type { Measured, Side } from './row.ts';
import type { Pair } from './start-role.ts';

/** A side whose runs are loads. */
export function sideOf({ run, cpu, stop }: Pair, measured: (load: Load) => Measured): Side {
  const runOnce = async () => {
    const before = await cpu();
    const load = (await run()) as Load;
    const used = (await cpu()) - before;
    return { ...measured(load), cpu: used / Math.max(1, load.answered) };
  };
  return { run: runOnce, stop };
}

/** A load as the milliseconds that one call takes. */
export function timeOf({ p50 }: Load): Measured {
  return { value: p50 };
}

/** A load as calls a second, with what a limit did to it. */
export function rateOf({ perSecond, failed, endedAt }: Load): Measured {
  if (endedAt !== null) {
    return { value: perSecond, remark: 'a limit ended the connection before the end of a run' };
  }
  return failed > 0
    ? { value: perSecond, remark: 'some calls were refused by a limit' }
    : { value: perSecond };
}
