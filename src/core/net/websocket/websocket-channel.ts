import type { Duplex } from 'node:stream';
import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { RawData, WebSocket } from 'ws';
import type { Limits } from '../../../shared/model/limits.ts';
import type { World } from '../../base/world.ts';
import type { Channel, ChannelEnd, Remote } from '../../protocol/channel.ts';
import { FrameJob } from '../frames/frame-job.ts';
import { Intake } from '../frames/intake.ts';
import { abortMessage, closeCodeOf, LimitError } from '../frames/limit-error.ts';
import { SessionIds } from '../frames/session-ids.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { flowKey } from '../scheduling/flow-key.ts';
import { DiscardedFrame } from '../scheduling/small-jobs.ts';
import { MessageQueue } from './async-queue.ts';
import { addCloseReasons } from './close-reasons.ts';
import { createPinger } from './ping.ts';
import { heldAnswersLimit, idleFramesLimit } from './quotas.ts';
import { createReleaseCoalescer, isRelease } from './release-coalescer.ts';
import { createWriteBackpressure } from './write-backpressure.ts';
import { coalesceWrites } from './write-coalescing.ts';

/** Time for the other side to answer our close frame before its socket is destroyed. */
const CLOSE_GRACE_MS = 2_000;
/** A close reason may take 123 bytes (RFC 6455, section 5.5). */
const CLOSE_REASON_BYTES = 123;
/** The close code of capnweb's own WebSocket transport when its session fails. */
const SESSION_ENDED = 3000;

export interface SocketChannelOptions extends Remote {
  /** An open WebSocket, accepted or dialled, without a message listener yet. */
  readonly socket: WebSocket;
  /** The stream beneath it. */
  readonly stream: Duplex;
  readonly remotePort: number;
  readonly limits: Limits;
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly scheduler: FairScheduler;
}

/**
 * Carries Cap'n Web over a WebSocket. It reads text and binary frames, each with one or several
 * newline-separated messages (as some peers send them), and sends one message per text frame (which
 * every peer reads). A frame over a limit ends the channel: the peer gets an `abort` message that
 * names the limit, then the close code. A message of an unknown kind does the same, once earlier
 * calls are answered. An unsupported call is rejected. Frames are decoded, validated and dispatched
 * as jobs on their caller's flow; a long backlog pauses reading. A peer that does not read its
 * answers is not served until it does, and is disconnected after a while.
 */
export function createSocketChannel(options: SocketChannelOptions): Channel {
  const { socket, stream, identity, secure, remoteHost, remotePort, limits, world } = options;
  const incoming = new MessageQueue();
  const queue = options.scheduler.openQueue(flowKey(remoteHost), identity, (reading) =>
    reading ? socket.resume() : socket.pause(),
  );
  const countHeld = heldAnswersLimit(limits);
  const ids = new SessionIds();
  const intake = new Intake(ids, {
    onMessage: (message) => incoming.push(message),
    onAnswer: (message) => sendNow([JSON.stringify(message)]),
  });
  const countIdle = idleFramesLimit(limits, world.uptime);
  const cork = coalesceWrites(stream);
  const ended = Promise.withResolvers<ChannelEnd>();
  let ourEnd: ChannelEnd | null = null;

  const end = (code: number, reason: string): boolean => {
    // If the other side has closed first, its code and reason count.
    if (ourEnd !== null || socket.readyState !== socket.OPEN) return false;
    ourEnd = { code, reason };
    incoming.fail(new Error(reason));
    // The backlog is dropped, but the queue must run on: the peer's close frame is behind it.
    queue.clear();
    queue.release();
    const cancel = world.after(CLOSE_GRACE_MS, () => socket.terminate());
    socket.once('close', cancel);
    return true;
  };

  const close = (code: number, reason: string): void => {
    if (end(code, reason)) socket.close(code, shorten(reason));
  };

  const refuse = (error: LimitError): void => {
    if (ourEnd !== null) return;
    socket.send(JSON.stringify(abortMessage(error)));
    close(closeCodeOf(error.code), error.message);
  };

  const backpressure = createWriteBackpressure({
    socket,
    queue,
    limits,
    world,
    onStalled: (reason) => {
      // It does not read, so it would not read a close frame either.
      if (end(1008, reason)) socket.terminate();
    },
  });

  const onMessage = (data: RawData): void => {
    const bytes = toBytes(data);
    queue.offer(
      ourEnd === null
        ? new FrameJob(bytes, limits, {
            onChecked: (messages, change) => {
              if (messages === 0) countIdle();
              countHeld(change);
            },
            waits: (shape) => intake.waits(shape),
            onSettled: () => intake.settle(),
            onMessage: (message, shape) => intake.take(message, shape),
            onRefused: refuse,
            onEnd: refuse,
          })
        : new DiscardedFrame(bytes.length),
    );
  };

  /** Pings and pongs need no job; only their rate is limited. */
  const onIdle = (): void => {
    try {
      countIdle();
      backpressure.check();
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      refuse(error);
    }
  };

  const sendNow = (texts: readonly string[]): void => {
    if (ourEnd !== null || socket.readyState !== socket.OPEN) return;
    cork();
    for (const text of texts) backpressure.send(text);
  };
  const releases = createReleaseCoalescer(world, sendNow);

  const transport: RpcTransportWithCustomEncoding = {
    encodingLevel: 'jsonCompatible',
    send: (message) => {
      const text = JSON.stringify(message);
      ids.sending(message, text);
      if (isRelease(message)) releases.add(text);
      else sendNow([...releases.drain(), text]);
      return Buffer.byteLength(text);
    },
    receive: () => incoming.next(),
    // capnweb has sent its `abort` message by now; frames leave in order, so it arrives first.
    abort: (reason) => close(SESSION_ENDED, reason instanceof Error ? reason.message : `${reason}`),
  };

  addCloseReasons(socket, limits, end);
  socket.on('message', onMessage);
  socket.on('ping', onIdle);
  socket.on('pong', onIdle);
  socket.on('close', (code, reason) => {
    const theirEnd = { code, reason: reason.toString() };
    const finish = () => {
      incoming.fail(new Error(theirEnd.reason || 'The connection was closed.'));
      ended.resolve(ourEnd ?? theirEnd);
    };
    backpressure.stop();
    // What arrived before the close still counts: the backlog is dispatched first, then the session
    // gets a tick to take it, which it does one promise job at a time.
    queue.close(() => setImmediate(finish));
  });

  return {
    transport,
    identity,
    secure,
    remoteHost,
    remotePort,
    meter: queue.meter,
    ping: createPinger(socket, world),
    close,
    closed: ended.promise,
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** Cuts at a character, never inside one. */
function shorten(reason: string): string {
  const bytes = Buffer.from(reason);
  if (bytes.length <= CLOSE_REASON_BYTES) return reason;
  return new TextDecoder().decode(bytes.subarray(0, CLOSE_REASON_BYTES), { stream: true });
}
