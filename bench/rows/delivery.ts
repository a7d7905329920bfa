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

/** socket.io with its acknowledgements and our own store on both sides. */
function startSocketIo(folder: string, load: LoadOptions) {
  const at = (side: string) => join(folder, side);
  return startPair(
    { role: 'socket-io-receiver.ts', options: { dataDir: at('io-receiver') } },
    (port) => ({ role: 'socket-io-sender.ts', options: { port, dataDir: at('io-sender'), load } }),
  );
}

const many = ({ warmUp, measure }: Plan): LoadOptions => ({ warmUp, measure, inFlight: IN_FLIGHT });
const one = ({ warmUp, measure }: Plan): LoadOptions => ({ warmUp, measure, inFlight: 1 });

const throughput: Row = {
  name: 'durable-throughput',
  title: 'durable delivered messages between two peers over TLS, 64 in flight',
  against: 'bare capnweb calls on ws, no storage, no TLS',
  unit: 'messages/s',
  goal: 'at-least',
  target: 0.5,
  prepare: async (plan, folder) => {
    const load = many(plan);
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
    const load = one(plan);
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

const SOCKET_IO = 'socket.io with acknowledgement over TLS, our own store on both sides';

const throughputBesideSocketIo: Row = {
  name: 'durable-throughput-socketio',
  title: 'durable delivered messages between two peers over TLS, 64 in flight',
  against: SOCKET_IO,
  unit: 'messages/s',
  goal: 'above',
  target: 1,
  prepare: async (plan, folder) => ({
    ours: sideOf(await startPeers(folder, many(plan), plan), rateOf),
    baseline: sideOf(await startSocketIo(folder, many(plan)), rateOf),
  }),
};

const latencyBesideSocketIo: Row = {
  name: 'durable-latency-socketio',
  title: 'one durable delivered message, p50',
  against: SOCKET_IO,
  unit: 'ms',
  goal: 'below',
  target: 1,
  prepare: async (plan, folder) => ({
    ours: sideOf(await startPeers(folder, one(plan), plan), timeOf),
    baseline: sideOf(await startSocketIo(folder, one(plan)), timeOf),
  }),
};

export const DELIVERY_ROWS: readonly Row[] = [
  throughput,
  latency,
  throughputBesideSocketIo,
  latencyBesideSocketIo,
];
