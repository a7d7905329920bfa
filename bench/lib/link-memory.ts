import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Plan } from './row.ts';
import { type Casting, type Part, startRole } from './start-role.ts';

/** The process that holds the links, and the one with their other ends. */
export interface LinkCast {
  readonly holder: Casting;
  readonly callers: (port: number) => Casting;
}

interface Held {
  readonly links: number;
  readonly bytes: number;
}

const KILOBYTE = 1_000;

/** A page of memory, the least that a process takes: fewer bytes cannot be told from noise. */
const PAGE = 4_096;

/**
 * What idle links add to the memory of the process that holds them, kilobytes in all. Both
 * processes are new, so that nothing freed before makes room.
 */
export async function linkMemory(
  { holder, callers }: LinkCast,
  links: number,
  { settle }: Pick<Plan, 'settle'>,
): Promise<Measured> {
  const holding = await startRole<{ readonly port: number }>(holder);
  try {
    const before = await atRest(holding, settle);
    const calling = await startRole(callers(holding.value.port));
    try {
      const after = await atRest(holding, settle);
      if (after.links !== links) throw new Error(`${after.links} of ${links} links are there.`);
      return { value: Math.max(after.bytes - before.bytes, PAGE) / KILOBYTE };
    } finally {
      await calling.stop();
    }
  } finally {
    await holding.stop();
  }
}

/**
 * V8 gives pages back to the system some seconds after it has freed them, so a process is made to
 * free what it can, left alone, and read then: before the links in the same way as with them.
 */
async function atRest({ run }: Part<unknown>, settle: number): Promise<Held> {
  await run();
  await sleep(settle);
  return (await run()) as Held;
}

/** Parley on both ends. Each run has a new profile in `folder`. */
export function parleyLinks(folder: string, links: number, profiles: string | null): LinkCast {
  const options = { dataDir: folder, connections: links + 1 };
  return {
    holder: { role: 'link-holder.ts', options, profiles },
    callers: (port) => ({ role: 'link-callers.ts', options: { port, count: links } }),
  };
}

/** Cap'n Web on WebSockets over TLS, and nothing more. */
export function bareLinks(links: number): LinkCast {
  return {
    holder: { role: 'bare-link-holder.ts', options: {} },
    callers: (port) => ({ role: 'bare-link-callers.ts', options: { port, count: links } }),
  };
}
