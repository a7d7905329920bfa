import { join } from 'node:path';
import type { LoadOptions } from '../lib/load.ts';
import { rateOf, sideOf, timeOf } from '../lib/rates.ts';
import type { Plan, Row } from '../lib/row.ts';
import { startPair } from '../lib/start-role.ts';

const IN_FLIGHT = 64;

/** Two peers on new profiles. */
function startPeers(folder: string, load: LoadOptions, { profiles }: Plan) {
  const at = (side: string) => join(folder, side);
  return startPair(
    { role: 'parley-server.ts', options: { dataDir: at('receiver') }, profiles },
    (port) => ({
      role: 'durable-sender.ts',
      options: { port, dataDir: at('sender'), load },
      profiles,
    }),
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
    const bare = await startPair({ role: 'bare-socket-server.ts', options: {} }, (port) => ({
      role: 'open-client.ts',
      options: { port, transport: 'websocket', method: 'chat', load },
    }));
    return {
      ours: sideOf(await startPeers(folder, load, plan), rateOf),
      baseline: sideOf(bare, rateOf),
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
    const at = (side: string) => join(folder, side);
    const echo = await startPair(
      { role: 'echo-server.ts', options: { dataDir: at('echo-server') } },
      (port) => ({ role: 'echo-client.ts', options: { port, dataDir: at('echo-client'), load } }),
    );
    return {
      ours: sideOf(await startPeers(folder, load, plan), timeOf),
      baseline: sideOf(echo, timeOf),
    };
  },
};

export const DELIVERY_ROWS: readonly Row[] = [throughput, latency];
