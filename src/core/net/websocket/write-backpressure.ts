import type { WebSocket } from 'ws';
import type { Limits } from '../../../shared/model/limits.ts';
import type { World } from '../../base/world.ts';
import type { ConnectionQueue } from '../scheduling/connection-queue.ts';

export interface UnreadOptions {
  readonly socket: Pick<WebSocket, 'send' | 'bufferedAmount'>;
  readonly queue: Pick<ConnectionQueue, 'hold' | 'release'>;
  readonly limits: Pick<Limits, 'unreadBytes' | 'unreadTimeout' | 'sendBufferBytes'>;
  readonly world: Pick<World, 'after'>;
  /** The other side has not read for too long, or too much waits for it; told with the reason. */
  readonly onStuck: (reason: string) => void;
}

/** Watches what waits to be read by the other side of one connection. */
export interface Unread {
  readonly send: (text: string) => void;
  /** To be called after something was sent otherwise. */
  readonly check: () => void;
  readonly stop: () => void;
}

/**
 * Holds the queue of a side that leaves much unread, until it has read all but half of that, and
 * tells when nothing of it was read for a while. Two of ours never hold each other up for ever: each
 * asks only so much before it has been answered.
 */
export function watchUnread(options: UnreadOptions): Unread {
  const { socket, queue, limits, world, onStuck } = options;
  let holding = false;
  let stopped = false;
  let cancel = () => {};

  const watch = (): void => {
    const before = socket.bufferedAmount;
    cancel = world.after(limits.unreadTimeout, () => {
      if (socket.bufferedAmount < before) watch();
      else
        onStuck(
          `The other side does not read what it is sent; the limit is ${limits.unreadTimeout} ms for ${limits.unreadBytes} waiting bytes.`,
        );
    });
  };

  const onSent = (): void => {
    if (!holding || stopped || socket.bufferedAmount > limits.unreadBytes / 2) return;
    holding = false;
    cancel();
    queue.release();
  };

  const check = (): void => {
    const waiting = socket.bufferedAmount;
    if (waiting > limits.sendBufferBytes) {
      onStuck(
        `The other side does not read what it is sent; the limit is ${limits.sendBufferBytes} waiting bytes.`,
      );
      return;
    }
    if (holding || stopped || waiting <= limits.unreadBytes) return;
    holding = true;
    queue.hold();
    watch();
  };

  return {
    send: (text) => {
      // Told of each one that has left only while that matters.
      if (socket.bufferedAmount > limits.unreadBytes / 4) socket.send(text, onSent);
      else socket.send(text);
      check();
    },
    check,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
