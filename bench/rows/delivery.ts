import { join } from 'node:path';
import type { Load, LoadOptions } from '../lib/load.ts';
import { rateOf } from '../lib/rates.ts';
import type { Plan, Row } from '../lib/row.ts';
import { runPair } from '../lib/start-role.ts';

const IN_FLIGHT = 64;

/** Two new profiles for every run: the history is as short on both sides. */
function deliver(folder: string, run: number, load: LoadOptions, { profiles }: Plan) {
  const at = (side: string) => join(folder, `${run}-${side}`);
  return runPair<Load>(
    { role: 'parley-server.ts', options: { dataDir: at('receiver') }, profiles },
    (port) => ({ role: 'durable-sender.ts', options: { port, dataDir: at('sender'), load } }),
    profiles,
  );
}

const throughput: Row = {
  name: 'durable-throughput',
  title: 'durable delivered messages between two peers over TLS, 64 in flight',
  against: 'bare capnweb calls on ws, no storage, no TLS',
  unit: 'messages/s',
  goal: 'at-least',
  target: 0.5,
  prepare: async (plan, folder) => {
    const load = { warmUp: plan.warmUp, measure: plan.measure, inFlight: IN_FLIGHT };
    let run = 0;
    return {
      ours: async () => {
        run += 1;
        return rateOf(await deliver(folder, run, load, plan));
      },
      baseline: async () =>
        rateOf(
          await runPair<Load>({ role: 'bare-socket-server.ts', options: {} }, (port) => ({
            role: 'open-client.ts',
            options: { port, transport: 'websocket', method: 'chat', load },
          })),
        ),
    };
  },
};

const latency: Row = {
  name: 'durable-latency',
  title: 'one durable delivered message, p50',
  against: 'raw ws echo over TLS and one SQLite commit on each side',
  unit: 'ms',
  goal: 'at-most',
  target: 1.25,
  prepare: async (plan, folder) => {
    const load = { warmUp: plan.warmUp, measure: plan.measure, inFlight: 1 };
    let run = 0;
    return {
      ours: async () => {
        run += 1;
        return { value: (await deliver(folder, run, load, plan)).p50 };
      },
      baseline: async () => {
        run += 1;
        const at = (side: string) => join(folder, `${run}-${side}`);
        const { p50 } = await runPair<Load>(
          { role: 'echo-server.ts', options: { dataDir: at('server') } },
          (port) => ({ role: 'echo-client.ts', options: { port, dataDir: at('client'), load } }),
        );
        return { value: p50 };
      },
    };
  },
};

export const DELIVERY_ROWS: readonly Row[] = [throughput, latency];
