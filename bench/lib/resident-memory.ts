import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collections in a row: what one frees only makes the next able to free the rest. */
const COLLECTIONS = 4;
/** Between them, for what is finalized after a collection. Milliseconds. */
const PAUSE = 50;

/** What this process has in memory when all that can be freed is freed. Bytes. */
export async function residentMemory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < COLLECTIONS; turn += 1) {
    collect();
    await sleep(PAUSE);
  }
  return process.memoryUsage.rss();
}
