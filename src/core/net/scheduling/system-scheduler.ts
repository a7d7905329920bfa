import type { Limits } from '../../../shared/model/limits.ts';
import { systemWorld } from '../../base/system-world.ts';
import { FairTurns } from './fair-scheduler.ts';

/** Turns of the real event loop. */
export function systemTurns(limits: Limits): FairTurns {
  return new FairTurns({ limits, uptime: systemWorld.uptime, nextTurn: setImmediate });
}
