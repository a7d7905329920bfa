import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { WAIT_TIMEOUT_MS } from '../support/basics/timeouts.ts';
import { RealPeer } from '../support/peers/real-peer.ts';
import { openWebSocket } from './server-fixture.ts';

const MEGABYTE = 1024 * 1024;
const CALLS = 150;
/** Both ends are in this process, which is busy with the calls. */
const PATIENT = { every: WAIT_TIMEOUT_MS, timeout: WAIT_TIMEOUT_MS };
const LARGE = 'x'.repeat(400 * 1024);
/** A message that fits: the peer refuses it because it has too many of its sender already. */
const FITTING = 'x'.repeat(60 * 1024);

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const call = (path: string, ...args: readonly unknown[]) => [
  'push',
  ['pipeline', 0, path.split('.'), args],
];

test.each([
  ['waits for a promise of the caller', call('chat', LARGE, ['promise', -1])],
  ['names an unknown method', call('nothing', LARGE)],
  ['reads a property of a function', call('chat.apply.call', LARGE)],
  ['has arguments of the wrong type', call('chat', 5, LARGE)],
  ['is too long', call('chat', LARGE)],
  ['greets with surplus arguments', call('greet', LARGE)],
  ['is a link without a hello', call('link', LARGE)],
  ['exceeds the quota', call('chat', FITTING)],
])(
  'a call that %s retains no memory of its size, though its answer is held',
  async (_, refused) => {
    const bob = await RealPeer.start('Bob', { acceptsStrangers: false, heartbeat: PATIENT });
    const { socket, framesUpTo, closed } = await openWebSocket(`ws://127.0.0.1:${bob.port}/rpc/ws`);
    const before = held();
    const text = JSON.stringify(refused);
    for (let sent = 0; sent < CALLS; sent += 1) socket.send(text);
    // Answered behind all of them, none of which is released.
    socket.send(`${JSON.stringify(call('greet'))}\n["pull",${CALLS + 1}]`);
    const cutOff = closed.then(({ reason }) => Promise.reject(new Error(`cut off: ${reason}`)));
    await Promise.race([framesUpTo(1), cutOff]);
    // All of them together have more than four times as much. Buffers are freed a little later.
    const most = (text.length * CALLS) / 4 + 2 * MEGABYTE;
    await expect.poll(() => held() - before, { timeout: WAIT_TIMEOUT_MS }).toBeLessThan(most);
  },
);
