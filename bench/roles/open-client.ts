import { newHttpBatchRpcSession, newWebSocketRpcSession } from 'capnweb';
import { WebSocket as Socket } from 'ws';
import { applyLoad, type Load, type LoadOptions } from '../lib/load.ts';
import { playRole } from '../lib/role.ts';
import { SAMPLE_TEXT } from '../lib/text.ts';
import type { BareRoot } from './bare-root.ts';

/** Calls in one HTTP batch; `inFlight` counts the calls of all batches under way. */
const CALLS_PER_BATCH = 8;

export interface OpenClientOptions {
  readonly port: number;
  readonly transport: 'batch' | 'websocket';
  readonly method: 'greet' | 'chat';
  readonly load: LoadOptions;
}

type Caller = { greet(): PromiseLike<string>; chat(message: string): PromiseLike<string> };

/** The same client for every server: capnweb's own. */
playRole<OpenClientOptions, null>(async (options) => ({
  value: null,
  run: () => (options.transport === 'websocket' ? callBySocket(options) : callByBatch(options)),
}));

async function callBySocket({ port, method, load }: OpenClientOptions): Promise<Load> {
  const socket = new Socket(`ws://127.0.0.1:${port}/rpc/ws`);
  const root = newWebSocketRpcSession<BareRoot>(socket as unknown as WebSocket);
  let ended = false;
  root.onRpcBroken(() => {
    ended = true;
  });
  const value = await applyLoad(
    load,
    () => callOn(root, method),
    () => ended,
  );
  socket.terminate();
  return value;
}

async function callByBatch({ port, method, load }: OpenClientOptions): Promise<Load> {
  const batch = async () => {
    const root = newHttpBatchRpcSession<BareRoot>(`http://127.0.0.1:${port}/rpc/batch`);
    await Promise.all(Array.from({ length: CALLS_PER_BATCH }, () => callOn(root, method)));
  };
  const value = await applyLoad({ ...load, inFlight: load.inFlight / CALLS_PER_BATCH }, batch);
  const { perSecond, answered, failed } = value;
  return {
    ...value,
    perSecond: perSecond * CALLS_PER_BATCH,
    answered: answered * CALLS_PER_BATCH,
    failed: failed * CALLS_PER_BATCH,
  };
}

function callOn(root: Caller, method: OpenClientOptions['method']): PromiseLike<string> {
  return method === 'greet' ? root.greet() : root.chat(SAMPLE_TEXT);
}
