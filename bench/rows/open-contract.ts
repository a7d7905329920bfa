import { join } from 'node:path';
import { rateOf, sideOf } from '../lib/rates.ts';
import type { Plan, Row } from '../lib/row.ts';
import { startPair } from '../lib/start-role.ts';
import type { OpenClientOptions } from '../roles/open-client.ts';

const IN_FLIGHT = 64;
/** More than any machine reaches, so that what is measured is the work. */
const UNLIMITED = 1_000_000;

type Call = Pick<OpenClientOptions, 'transport' | 'method'>;

/** A row of the open contract; `callsPerSecond` is what one connection may do (default: as released). */
function openRow(
  texts: Pick<Row, 'name' | 'title'>,
  call: Call,
  callsPerSecond: number | null,
): Row {
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
      const limits = callsPerSecond === null ? {} : { callsPerSecond };
      const client = (port: number) => clientOf(call, port, plan);
      const options = { dataDir: join(folder, 'ours'), ...limits };
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

const greetByBatch: Call = { transport: 'batch', method: 'greet' };
const greetBySocket: Call = { transport: 'websocket', method: 'greet' };

export const OPEN_CONTRACT_ROWS: readonly Row[] = [
  openRow(
    { name: 'open-batch', title: 'open contract, HTTP batches of 8 calls, limits as released' },
    greetByBatch,
    null,
  ),
  openRow(
    { name: 'open-batch-raised', title: 'open contract, HTTP batches of 8 calls, limits raised' },
    greetByBatch,
    UNLIMITED,
  ),
  openRow(
    { name: 'open-ws', title: 'open contract on /rpc/ws, 64 in flight, limits as released' },
    greetBySocket,
    null,
  ),
  openRow(
    { name: 'open-ws-raised', title: 'open contract on /rpc/ws, 64 in flight, limits raised' },
    greetBySocket,
    UNLIMITED,
  ),
  openRow(
    {
      name: 'open-ws-chat',
      title: 'chat (stored before it is answered) on /rpc/ws, 64 in flight, limits raised',
    },
    { transport: 'websocket', method: 'chat' },
    UNLIMITED,
  ),
];
