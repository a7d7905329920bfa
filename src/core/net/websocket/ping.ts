import type { WebSocket } from 'ws';
import type { World } from '../../base/world.ts';

/**
 * Sends numbered WebSocket pings, so that a late pong answers only its ping. A ping rejects after
 * its timeout, or when the socket closes first.
 */
export function createPinger(
  socket: WebSocket,
  world: Pick<World, 'after'>,
): (timeoutMs: number) => Promise<void> {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  let sent = 0;

  const settle = (id: string, error: Error | null): void => {
    const ping = waiting.get(id);
    waiting.delete(id);
    if (error === null) ping?.resolve();
    else ping?.reject(error);
  };

  socket.on('pong', (data) => settle(data.toString(), null));
  socket.on('close', () => {
    for (const id of [...waiting.keys()]) settle(id, new Error('The connection was closed.'));
  });

  return async (timeoutMs) => {
    if (socket.readyState !== socket.OPEN) throw new Error('The connection is closed.');
    sent += 1;
    const id = String(sent);
    const ping = Promise.withResolvers<void>();
    waiting.set(id, ping);
    const cancel = world.after(timeoutMs, () => settle(id, new Error('No answer to a ping.')));
    socket.ping(id);
    try {
      await ping.promise;
    } finally {
      cancel();
    }
  };
}
