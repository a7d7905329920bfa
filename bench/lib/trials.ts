import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttackName, type Told, timesAsLong } from './attacks/index.ts';
import type { Load } from './load.ts';
import { PROCESSORS } from './pin.ts';
import type { Plan } from './row.ts';
import { type Part, startRole } from './start-role.ts';

/** Honest people pause: a message about every five milliseconds. */
const PAUSE = 5;

/** What an attack did to a victim that nobody had attacked before. */
export interface Trial {
  /** p99 of an honest contact's messages, milliseconds: before the attack, and beside it. */
  readonly alone: number;
  readonly beside: number;
  /** Honest messages that failed. */
  readonly failed: number;
  /** Resident memory above what the victim had before, at most, bytes. */
  readonly memory: number;
  /** What the profile grew by, bytes. */
  readonly disk: number;
  /** How often the victim has dialled a place that the attacker named. */
  readonly dials: number;
}

/** Victim and attacker have a processor each, where there are two; the honest contact is beside the attacker. */
export async function tryAttack(how: AttackName, plan: Plan, folder: string): Promise<Trial> {
  const measure = plan.attack * timesAsLong(how);
  const load = { warmUp: plan.warmUp, measure, inFlight: 1, pause: PAUSE };
  const dataDir = join(folder, 'victim');
  const victim = await startRole<{ readonly port: number }>({
    role: 'parley-server.ts',
    options: { dataDir },
    profiles: plan.profiles,
    processor: PROCESSORS.victim,
  });
  const { port } = victim.value;
  const parts: Part<unknown>[] = [victim];
  try {
    const honest = await startRole({
      role: 'durable-sender.ts',
      options: { port, dataDir: join(folder, 'honest'), load },
      processor: PROCESSORS.attacker,
    });
    parts.unshift(honest);
    const attacker = await startRole({
      role: 'attacker.ts',
      options: { port, how, duration: load.warmUp + load.measure },
      processor: PROCESSORS.attacker,
    });
    parts.unshift(attacker);
    const alone = (await honest.run()) as Load;
    const before = { memory: (await victim.memory()).now, disk: await sizeOf(dataDir) };
    const [beside, told] = (await Promise.all([honest.run(), attacker.run()])) as [Load, Told];
    return {
      alone: alone.p99,
      beside: beside.p99,
      failed: beside.failed,
      memory: (await victim.memory()).most - before.memory,
      disk: (await sizeOf(dataDir)) - before.disk,
      dials: told.dials ?? 0,
    };
  } finally {
    for (const part of parts) await part.stop();
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  return names.reduce((sum, name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return sum + (found?.isFile() ? found.size : 0);
  }, 0);
}
