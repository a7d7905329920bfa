import type { Limits } from '../../shared/limits.ts';
import { systemWorld } from '../system-world.ts';
import { FairTurns } from './fair-turns.ts';

/** Turns of the real event loop. */
export function systemTurns(limits: Limits): FairTurns {
  return new FairTurns({ limits, uptime: systemWorld.uptime, nextTurn: setImmediate });
}
