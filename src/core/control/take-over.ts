import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { problemOf } from '../../shared/problems/problem.ts';
import { connectControl } from './control-client.ts';

/** Within a profile's folder while the app waits for it: commands then leave it alone. */
export const CLAIM_FILE = 'control.wanted';
/** A claim that is older than this was left behind by an app that was killed, milliseconds. */
const CLAIM_LASTS = 1_000;

/** How long commands may take to give the profile up, milliseconds. */
const COMMAND_TIMEOUT_MS = 10_000;
/** How long a copy may be starting or stopping, with nobody to ask, milliseconds. */
const SILENCE_TIMEOUT_MS = 1_500;
const POLL = 50;

/**
 * What `open` answers, for the app itself: it takes the profile over from a command that happens to
 * hold it. Rejects with `profile-in-use` when another app runs on it.
 */
export async function openOrTakeOver<T>(dataDir: string, open: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const claim = join(dataDir, CLAIM_FILE);
  let claimed = false;
  let heard = started;
  try {
    for (;;) {
      try {
        return await open();
      } catch (error) {
        if (problemOf(error).code !== 'profile-in-use') throw error;
        const holder = await connectControl(dataDir);
        const now = performance.now();
        if (holder) heard = now;
        if (
          holder?.isApp ||
          now - started > COMMAND_TIMEOUT_MS ||
          now - heard > SILENCE_TIMEOUT_MS
        ) {
          holder?.close();
          throw error;
        }
        await rm(claim, { force: true });
        await writeFile(claim, '', { flag: 'wx', mode: 0o600 });
        claimed = true;
        holder?.askToYield();
        holder?.close();
      }
      await delay(POLL);
    }
  } finally {
    if (claimed) await rm(claim, { force: true });
  }
}

/** Whether the app is just about to start on the profile. */
export async function isClaimed(dataDir: string): Promise<boolean> {
  const claim = await stat(join(dataDir, CLAIM_FILE)).catch(() => null);
  return claim !== null && Math.abs(Date.now() - claim.mtimeMs) < CLAIM_LASTS;
}
