import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Between collections, for what is finalized and given back after one. Milliseconds. */
const PAUSE = 50;
/** It is at rest when so many collections in a row have freed next to nothing more. */
const STILL = 5;
const MOST = 60;
/** Bytes that are next to nothing. */
const NOTHING = 128 * 1024;

/**
 * What this process has in memory when all that can be freed is freed, bytes. V8 gives up some
 * things (code that nobody has run lately) only after several collections.
 */
export async function residentMemory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0, still = 0; turn < MOST && still < STILL; turn += 1) {
    collect();
    await sleep(PAUSE);
    const now = process.memoryUsage.rss();
    still = now < least - NOTHING ? 0 : still + 1;
    least = Math.min(least, now);
  }
  return least;
}
