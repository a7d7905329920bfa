import { setMaxListeners } from 'node:events';
import { Agent, request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { SAMPLE_TEXT } from './text.ts';

/** What a hostile client does, each as fast as it can. */
export const HOSTILITIES = ['calls', 'chats', 'batches', 'connections', 'frames'] as const;

export type Hostility = (typeof HOSTILITIES)[number];

/** Connections at once: just below what one address may have. */
const CONNECTIONS = 60;
/** Bytes that may wait on a connection before it holds back. */
const WAITING = 512 * 1024;
/** Calls of one frame: three messages each, within the limit of messages in a frame. */
const CALLS_IN_FRAME = 128;
const CALLS_IN_BATCH = 64;
/** Just below the limit of a frame, in bytes. */
const BIG_FRAME = 500 * 1024;

export interface Target {
  readonly port: number;
  /** The address that it calls from: on Linux all of 127.0.0.0/8 is this computer. */
  readonly localAddress: string;
}

/** Attacks until `signal` fires; errors are what it wants, and are not told. */
export async function attack(how: Hostility, target: Target, signal: AbortSignal): Promise<void> {
  // One listener a connection.
  setMaxListeners(2 * CONNECTIONS, signal);
  const lane = LANES[how];
  const keepOn = async () => {
    while (!signal.aborted) await lane(target, signal);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, keepOn));
}

/** One connection's life: resolves when it has ended, or when the attack has. */
type Lane = (target: Target, signal: AbortSignal) => Promise<void>;

const LANES: Readonly<Record<Hostility, Lane>> = {
  calls: flood((from) => calls('greet', [], from, CALLS_IN_FRAME), CALLS_IN_FRAME),
  chats: flood((from) => calls('chat', [SAMPLE_TEXT], from, CALLS_IN_FRAME), CALLS_IN_FRAME),
  frames: flood((from) => calls('chat', ['x'.repeat(BIG_FRAME)], from, 1), 1),
  batches: postBatch,
  connections: shakeHands,
};

/** Calls on one session that do not wait for answers; what was asked is released at once. */
function calls(method: string, args: readonly unknown[], from: number, count: number): string {
  const one = (id: number) => [
    ['push', ['pipeline', 0, [method], args]],
    ['pull', id],
    ['release', id, 1],
  ];
  return Array.from({ length: count }, (_, index) => one(from + index))
    .flat()
    .map((message) => JSON.stringify(message))
    .join('\n');
}

/** Frames on a WebSocket as long as it stands; ids go on from frame to frame. */
function flood(frame: (firstId: number) => string, idsInFrame: number): Lane {
  // Made once: the time goes into sending.
  const frames: Buffer[] = [];
  const frameAt = (index: number) => {
    const made = frames[index] ?? Buffer.from(frame(1 + index * idsInFrame));
    frames[index] = made;
    return made;
  };
  return ({ port, localAddress }, signal) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc/ws`, { localAddress });
      let sent = 0;
      const send = () => {
        while (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < WAITING) {
          socket.send(frameAt(sent), { binary: false });
          sent += 1;
        }
      };
      // What is sent leaves between turns of the loop.
      const pump = setInterval(send, 1);
      const end = () => {
        clearInterval(pump);
        signal.removeEventListener('abort', end);
        socket.terminate();
        resolve();
      };
      signal.addEventListener('abort', end);
      socket.on('open', send);
      socket.on('error', () => {});
      socket.on('close', end);
    });
}

const AGENT = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const BATCH = calls('greet', [], 1, CALLS_IN_BATCH);

function postBatch({ port, localAddress }: Target, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, localAddress, agent: AGENT, signal };
    const sent = request({ ...options, path: '/rpc/batch', method: 'POST' }, (response) => {
      response.resume();
    });
    sent.once('close', resolve);
    sent.on('error', () => {});
    sent.end(BATCH);
  });
}

/** A handshake costs the answering side more than any message: it signs. */
function shakeHands({ port, localAddress }: Target, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: '127.0.0.1', port, localAddress });
    const secure = connectTls({ socket, rejectUnauthorized: false });
    const end = () => {
      signal.removeEventListener('abort', end);
      secure.destroy();
      socket.destroy();
      resolve();
    };
    signal.addEventListener('abort', end);
    socket.on('error', end);
    secure.on('error', end);
    secure.once('secureConnect', end);
    secure.once('close', end);
  });
}
