import type { Load } from './load.ts';
import type { Measured } from './row.ts';

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
