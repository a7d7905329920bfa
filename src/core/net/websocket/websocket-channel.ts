import type { Duplex } from 'node:stream';
import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { RawData, WebSocket } from 'ws';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import type { World } from '../../base/world.ts';
import type { Channel, ChannelEnd } from '../../protocol/channel.ts';
import { FrameWork } from '../frames/frame-job.ts';
import { Intake } from '../frames/intake.ts';
import { abortMessage, closeCodeOf, LimitError } from '../frames/limit-error.ts';
import { SessionIds } from '../frames/session-ids.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { flowKey } from '../scheduling/flow-key.ts';
import { DiscardedFrame } from '../scheduling/small-jobs.ts';
import { MessageQueue } from './async-queue.ts';
import { explainRefusals } from './close-reasons.ts';
import { createPinger } from './ping.ts';
import { HeldAnswers, IdleFrames } from './quotas.ts';
import { createHeldBack, isRelease } from './release-coalescer.ts';
import { watchUnread } from './write-backpressure.ts';
import { sendTogether } from './write-coalescing.ts';

/** Time for the other side to answer our close frame before its socket is cut. */
const CLOSE_GRACE_MS = 2_000;
/** A close reason has room for 123 bytes (RFC 6455, section 5.5). */
const CLOSE_REASON_BYTES = 123;
/** What capnweb's own WebSocket transport closes with when its session fails. */
const SESSION_ENDED = 3000;

export interface SocketChannelOptions {
  /** An open WebSocket, accepted or dialled, whose messages nobody has listened to yet. */
  readonly socket: WebSocket;
  /** What carries it. */
  readonly stream: Duplex;
  readonly identity: Identity | null;
  readonly secure: boolean;
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly limits: Limits;
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly scheduler: FairScheduler;
}

/**
 * Carries Cap'n Web over a WebSocket. It reads text and binary frames, each with one or several
 * newline-separated messages (as some peers send them), and sends one message in one text frame (as
 * every peer reads them). A frame over a limit ends the channel: the other side gets an `abort`
 * message that names the limit, then the close code; so does a message of an unknown kind, once the
 * calls before it are answered. A call of something that is not offered is rejected. What arrives is read, checked and handed on when
 * it is its caller's turn; while much of it waits, reading pauses. A side that does not read what it
 * is sent is not served meanwhile, and cut off after a while.
 */
export function createSocketChannel(options: SocketChannelOptions): Channel {
  const { socket, stream, identity, secure, remoteHost, remotePort, limits, world } = options;
  const incoming = new MessageQueue();
  const queue = options.scheduler.openQueue(flowKey(remoteHost), identity, (reading) =>
    reading ? socket.resume() : socket.pause(),
  );
  const held = new HeldAnswers(limits);
  const ids = new SessionIds();
  const intake = new Intake(ids, {
    onMessage: (message) => incoming.push(message),
    onAnswer: (message) => sendNow([JSON.stringify(message)]),
  });
  const idle = new IdleFrames(limits, world.uptime);
  const gather = sendTogether(stream);
  const ended = Promise.withResolvers<ChannelEnd>();
  let ourEnd: ChannelEnd | null = null;

  const end = (code: number, reason: string): boolean => {
    // Once the other side has closed, how it ended is theirs to say.
    if (ourEnd !== null || socket.readyState !== socket.OPEN) return false;
    ourEnd = { code, reason };
    incoming.fail(new Error(reason));
    // What waits is not wanted any more; but its close frame stands behind it.
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

  const unread = watchUnread({
    socket,
    queue,
    limits,
    world,
    onStuck: (reason) => {
      // It does not read, so it would not read a close frame either.
      if (end(1008, reason)) socket.terminate();
    },
  });

  const onMessage = (data: RawData): void => {
    const bytes = toBytes(data);
    queue.offer(
      ourEnd === null
        ? new FrameWork(bytes, limits, {
            onChecked: (messages, change) => {
              if (messages === 0) idle.count();
              held.count(change);
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

  /** Costs no more than being looked at, unless there is no end of it. */
  const onIdle = (): void => {
    try {
      idle.count();
      unread.check();
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      refuse(error);
    }
  };

  const sendNow = (texts: readonly string[]): void => {
    if (ourEnd !== null || socket.readyState !== socket.OPEN) return;
    gather();
    for (const text of texts) unread.send(text);
  };
  const releases = createHeldBack(world, sendNow);

  const transport: RpcTransportWithCustomEncoding = {
    encodingLevel: 'jsonCompatible',
    send: (message) => {
      const text = JSON.stringify(message);
      ids.sending(message, text);
      if (isRelease(message)) releases.hold(text);
      else sendNow([...releases.take(), text]);
      return Buffer.byteLength(text);
    },
    receive: () => incoming.next(),
    // capnweb has sent its `abort` message by now; frames leave in order, so it arrives first.
    abort: (reason) => close(SESSION_ENDED, reason instanceof Error ? reason.message : `${reason}`),
  };

  explainRefusals(socket, limits, end);
  socket.on('message', onMessage);
  socket.on('ping', onIdle);
  socket.on('pong', onIdle);
  socket.on('close', (code, reason) => {
    const theirEnd = { code, reason: reason.toString() };
    const finish = () => {
      incoming.fail(new Error(theirEnd.reason || 'The connection was closed.'));
      ended.resolve(ourEnd ?? theirEnd);
    };
    unread.stop();
    // What has arrived before still counts: handed on first, and taken by the session, which does
    // so promise by promise until the loop goes on.
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
