import type { WebSocket } from 'ws';
import type { Limits } from '../../../shared/model/limits.ts';
import type { World } from '../../base/world.ts';
import type { ConnectionQueue } from '../scheduling/connection-queue.ts';

export interface WriteBackpressureOptions {
  readonly socket: Pick<WebSocket, 'send' | 'bufferedAmount'>;
  readonly queue: Pick<ConnectionQueue, 'hold' | 'release'>;
  readonly limits: Pick<Limits, 'bufferedBytes' | 'stallTimeout' | 'sendBufferBytes'>;
  readonly world: Pick<World, 'after'>;
  /** Called with the reason when the peer has not read for too long, or too much is buffered. */
  readonly onStalled: (reason: string) => void;
}

/**
 * Suspends the job queue of a peer that does not read its answers: from `bufferedBytes` (high
 * watermark) until half of that (low watermark). Reports a stall when nothing is read for a while.
 * Two Parley peers cannot deadlock: each limits the calls it has in flight.
 */
export function createWriteBackpressure(options: WriteBackpressureOptions) {
  const { socket, queue, limits, world, onStalled } = options;
  let holding = false;
  let stopped = false;
  let cancel = () => {};

  const watch = (): void => {
    const before = socket.bufferedAmount;
    cancel = world.after(limits.stallTimeout, () => {
      if (socket.bufferedAmount < before) watch();
      else
        onStalled(
          `The other side does not read what it is sent; the limit is ${limits.stallTimeout} ms for ${limits.bufferedBytes} waiting bytes.`,
        );
    });
  };

  const onSent = (): void => {
    if (!holding || stopped || socket.bufferedAmount > limits.bufferedBytes / 2) return;
    holding = false;
    cancel();
    queue.release();
  };

  const check = (): void => {
    const waiting = socket.bufferedAmount;
    if (waiting > limits.sendBufferBytes) {
      onStalled(
        `The other side does not read what it is sent; the limit is ${limits.sendBufferBytes} waiting bytes.`,
      );
      return;
    }
    if (holding || stopped || waiting <= limits.bufferedBytes) return;
    holding = true;
    queue.hold();
    watch();
  };

  return {
    send: (text: string) => {
      // The callback costs, so it is passed only near the low watermark or above.
      if (socket.bufferedAmount > limits.bufferedBytes / 4) socket.send(text, onSent);
      else socket.send(text);
      check();
    },
    /** Call after sending by other means. */
    check,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
