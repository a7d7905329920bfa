import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOSTILITIES, type Hostility } from '../lib/hostility.ts';
import type { Load, LoadOptions } from '../lib/load.ts';
import type { Measured, Plan, Side } from '../lib/row.ts';
import { type Casting, type Part, startRole } from '../lib/start-role.ts';
import type { WorstRow } from '../lib/worst.ts';

/** Honest people pause: a call about every five milliseconds. */
const PAUSE = 5;
/** More is counted than elsewhere, so that one of a hundred is more than one. */
const LONGER = 3;
/** After an attack a peer works off what had arrived; the next run is to meet one at rest. */
const REST = { look: 100, busy: 20, atMost: 5_000 };

type Honest = (port: number, load: LoadOptions, folder: string) => Casting;

function floodRow(about: Pick<WorstRow, 'name' | 'title'>, honest: Honest): WorstRow {
  return {
    ...about,
    against: 'its p99 alone',
    unit: 'ms',
    goal: 'at-most',
    target: 5,
    mostRounds: 7,
    prepare: async (plan, folder) => {
      const load = { ...loadOf(plan), inFlight: 1, pause: PAUSE };
      const target = await startRole<{ readonly port: number }>({
        role: 'parley-server.ts',
        options: { dataDir: join(folder, 'target') },
        profiles: plan.profiles,
      });
      const { port } = target.value;
      const caller = await startRole(honest(port, load, folder));
      const stop = async () => {
        await caller.stop();
        await target.stop();
      };
      const duration = load.warmUp + load.measure;
      const beside = async (how: Hostility) => {
        const options = { port, how, duration };
        return {
          name: how,
          side: underAttack(caller, await startRole({ role: 'hostile.ts', options }), target),
        };
      };
      return {
        baseline: { run: async () => tailOf((await caller.run()) as Load), stop },
        cases: await Promise.all(HOSTILITIES.slice(0, plan.kinds).map(beside)),
      };
    },
  };
}

function loadOf({ warmUp, measure }: Plan) {
  return { warmUp, measure: measure * LONGER };
}

/** The honest caller while the hostile one attacks; it ends with the baseline. */
function underAttack(honest: Part<unknown>, hostile: Part<unknown>, target: Part<unknown>): Side {
  return {
    run: async () => {
      const [load] = await Promise.all([honest.run(), hostile.run()]);
      await untilIdle(target);
      return tailOf(load as Load);
    },
    stop: hostile.stop,
  };
}

/** Until a process uses next to no processor time, but not for ever. */
async function untilIdle({ cpu }: Part<unknown>): Promise<void> {
  const end = performance.now() + REST.atMost;
  let before = await cpu();
  while (performance.now() < end) {
    await sleep(REST.look);
    const now = await cpu();
    if ((now - before) / 1_000 < REST.busy) return;
    before = now;
  }
}

function tailOf({ p99, failed, endedAt }: Load): Measured {
  if (endedAt !== null) return { value: p99, remark: 'the honest connection was ended' };
  return failed > 0 ? { value: p99, remark: 'some honest calls failed' } : { value: p99 };
}

export const FLOOD_ROWS: readonly WorstRow[] = [
  floodRow(
    {
      name: 'flood-message',
      title: "p99 of an honest peer's durable messages beside a hostile client, the worst of five",
    },
    (port, load, folder) => ({
      role: 'durable-sender.ts',
      options: { port, dataDir: join(folder, 'honest'), load },
    }),
  ),
  floodRow(
    {
      name: 'flood-call',
      title:
        "p99 of an honest caller's open-contract calls beside a hostile client, the worst of five",
    },
    (port, load) => ({
      role: 'open-client.ts',
      options: { port, transport: 'websocket', method: 'greet', load },
    }),
  ),
];
