import { join } from 'node:path';
import { rateOf, sideOf } from '../lib/rates.ts';
import type { Plan, Row } from '../lib/row.ts';
import { startPair } from '../lib/start-role.ts';
import type { OpenClientOptions } from '../roles/open-client.ts';

const IN_FLIGHT = 64;
type Call = Pick<OpenClientOptions, 'transport' | 'method'>;

function openRow(texts: Pick<Row, 'name' | 'title'>, call: Call): Row {
  const batch = call.transport === 'batch';
  return {
    ...texts,
    against: batch
      ? 'bare nodeHttpBatchRpcResponse server, same client'
      : 'bare capnweb session on ws, same client',
    unit: 'calls/s',
    goal: 'at-least',
    target: 0.9,
    prepare: async (plan, folder) => {
      const client = (port: number) => clientOf(call, port, plan);
      const options = { dataDir: join(folder, 'ours') };
      const parley = { role: 'parley-server.ts', options, profiles: plan.profiles };
      const bare = { role: batch ? 'bare-batch-server.ts' : 'bare-socket-server.ts', options: {} };
      return {
        ours: sideOf(await startPair(parley, client), rateOf),
        baseline: sideOf(await startPair(bare, client), rateOf),
      };
    },
  };
}

function clientOf(call: Call, port: number, { warmUp, measure }: Plan) {
  const options: OpenClientOptions = {
    ...call,
    port,
    load: { warmUp, measure, inFlight: IN_FLIGHT },
  };
  return { role: 'open-client.ts', options };
}

export const OPEN_CONTRACT_ROWS: readonly Row[] = [
  openRow(
    { name: 'open-batch', title: 'open contract, HTTP batches of 8 calls' },
    { transport: 'batch', method: 'greet' },
  ),
  openRow(
    { name: 'open-ws', title: 'open contract on /rpc/ws, 64 in flight' },
    { transport: 'websocket', method: 'greet' },
  ),
  openRow(
    {
      name: 'open-ws-chat',
      title: 'chat (stored before it is answered) on /rpc/ws, 64 in flight',
    },
    { transport: 'websocket', method: 'chat' },
  ),
];
