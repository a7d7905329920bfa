import { newWebSocketRpcSession } from 'capnweb';
import { WebSocket as Socket } from 'ws';
import { playRole } from '../lib/role.ts';
import type { BareRoot } from './bare-root.ts';
import type { LinkCallersOptions } from './link-callers.ts';

/** Handshakes under way at once. */
const AT_ONCE = 8;

/** Many sessions from one process, each used once. */
playRole<LinkCallersOptions, null>(async ({ port, count }) => {
  const sockets: Socket[] = [];
  const openSome = async () => {
    while (sockets.length < count) {
      const socket = new Socket(`wss://127.0.0.1:${port}`, { rejectUnauthorized: false });
      sockets.push(socket);
      await newWebSocketRpcSession<BareRoot>(socket as unknown as WebSocket).greet();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, openSome));
  return {
    value: null,
    stop: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
});
