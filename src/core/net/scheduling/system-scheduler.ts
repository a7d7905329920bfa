import type { Limits } from '../../../shared/model/limits.ts';
import { systemWorld } from '../../base/system-world.ts';
import { FairScheduler } from './fair-scheduler.ts';

/** A scheduler on the real event loop. */
export function systemScheduler(limits: Limits): FairScheduler {
  return new FairScheduler({ limits, uptime: systemWorld.uptime, defer: setImmediate });
}
