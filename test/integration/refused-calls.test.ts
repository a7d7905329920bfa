import { newHttpBatchRpcSession, newWebSocketRpcSession, RpcPromise } from 'capnweb';
import { describe, expect, test } from 'vitest';
import {
  type AliceClient,
  ask,
  cleanup,
  openWebSocket,
  startServer,
  type TestServer,
} from './server-fixture.ts';

const GREET = '["push",["pipeline",0,["greet"],[]]]';
const HELLO = "Hello! I'm Alice.";

const urlOf = (server: TestServer) => `ws://127.0.0.1:${server.port}/rpc/ws`;
const call = (argument: string) => `["push",["pipeline",0,["chat"],[${argument}]]]`;
const resolved = (id: number, value: unknown) => ['resolve', id, value];
const rejected = (id: number, reason: string, name = 'TypeError') => [
  'reject',
  id,
  ['error', name, expect.stringContaining(reason)],
];

/** What comes back is no order: a rejection may be quicker than a call before it. */
function parsed(frames: readonly string[]): unknown[] {
  return frames
    .map((text) => JSON.parse(text))
    .sort((one, other) => Number(one[1]) - Number(other[1]));
}

const REFUSED = [
  ['a map', '["push",["remap",0,[],[],[["pipeline",0]]]]', '(remap)'],
  ['a promise among arguments', call('"Hi",["promise",-9]'), '(promise)'],
  ['the end of a stream', call('["readable",1]'), '(readable)'],
  ['the beginning of a stream', call('["writable",-1]'), '(writable)'],
  ['an unknown kind of value', call('["future",1]'), 'the kind "future"'],
  ['a pushed value', '["push",[["Hi"]]]', 'Only calls and property reads'],
  ['a pipe', '["pipe"]', 'Streams'],
  ['a name of any length', `["push",["pipeline",0,["${'x'.repeat(100_000)}"],[]]]`, 'A path has'],
  ['a call on an unknown result', '["push",["pipeline",77,["greet"],[]]]', 'the id 77'],
  ['a call on an unknown capability', '["push",["pipeline",-7,["ping"],[]]]', 'the id -7'],
  ['an unknown result among arguments', call('["pipeline",77]'), 'the id 77'],
] as const;

describe('a call of an unsupported kind', () => {
  test.each(REFUSED)(
    '(%s) is rejected by name on a WebSocket, and the session continues',
    async (_, refused, reason) => {
      const server = await startServer();
      const { socket, framesUpTo } = await openWebSocket(urlOf(server));
      // Before it, pipelined on it, after it: in one frame and in frames of their own.
      const onIt = '["push",["pipeline",2,["anything"],[]]]';
      socket.send([GREET, refused, onIt, GREET].join('\n'));
      for (const id of [1, 2, 3, 4]) socket.send(`["pull",${id}]`);
      socket.send(refused);
      socket.send(`${GREET}\n["pull",6]`);
      socket.send('["pull",5]');
      expect(parsed(await framesUpTo(6))).toEqual([
        resolved(1, HELLO),
        rejected(2, reason),
        rejected(3, reason),
        resolved(4, HELLO),
        rejected(5, reason),
        resolved(6, HELLO),
      ]);
      socket.send('["release",2,1]\n["release",5,1]');
      socket.send(`${GREET}\n["pull",7]`);
      expect(parsed(await framesUpTo(7)).at(-1)).toEqual(resolved(7, HELLO));
      expect(server.received).toEqual([]);
    },
  );

  test.each(REFUSED)(
    '(%s) is rejected by name in a batch, and the others are answered',
    async (_, refused, reason) => {
      const server = await startServer();
      const answer = await ask(server.port, {
        body: [
          call('"one"'),
          refused,
          call('"two"'),
          '["pull",1]',
          '["pull",2]',
          '["pull",3]',
        ].join('\n'),
      });
      expect(answer.status).toBe(200);
      expect(parsed(answer.body.split('\n'))).toEqual([
        resolved(1, 'Alice says: Thanks for the message #1!'),
        rejected(2, reason),
        resolved(3, 'Alice says: Thanks for the message #2!'),
      ]);
      expect(server.received).toEqual(['one', 'two']);
    },
  );

  test('as a stream is answered unasked and releases its id by itself', async () => {
    const server = await startServer();
    const { socket, framesUpTo } = await openWebSocket(urlOf(server));
    socket.send(`["pipe"]\n["stream",["pipeline",1,["write"],["x"]]]\n${GREET}\n["pull",3]`);
    expect(parsed(await framesUpTo(2))).toEqual([rejected(2, 'Streams'), resolved(3, HELLO)]);
    socket.send(`["release",1,1]\n["release",3,1]\n${GREET}\n["pull",4]`);
    expect(parsed(await framesUpTo(3)).at(-1)).toEqual(resolved(4, HELLO));
  });

  test('by a stock client fails by itself', async () => {
    const server = await startServer();
    const alice = newWebSocketRpcSession<AliceClient>(urlOf(server));
    cleanup(() => alice[Symbol.dispose]());
    const stats = alice.get_stats();
    const mapped = stats.map((it) => it.name);
    const body = new ReadableStream<string>({
      start: (controller) => {
        controller.enqueue('x');
        controller.close();
      },
    });
    const outcomes = await Promise.allSettled([
      alice.greet(),
      mapped,
      alice.chat(body),
      alice.chat(new RpcPromise(new Promise<string>(() => {}))),
      alice.chat('Hi'),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: HELLO },
      { status: 'rejected', reason: { message: expect.stringContaining('(remap)') } },
      { status: 'rejected', reason: { message: expect.stringContaining('(readable)') } },
      { status: 'rejected', reason: { message: expect.stringContaining('(promise)') } },
      { status: 'fulfilled', value: 'Alice says: Thanks for the message #1!' },
    ]);
    expect(await alice.greet()).toBe(HELLO);
  });

  test('by a stock client fails by itself in a batch', async () => {
    const server = await startServer();
    const alice = newHttpBatchRpcSession<AliceClient>(`http://127.0.0.1:${server.port}/rpc/batch`);
    const mapped = alice.get_stats().map((it) => it.name);
    const outcomes = await Promise.allSettled([alice.greet(), mapped, alice.chat('Hi')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('a reference to an unknown id', () => {
  test('is rejected, and the session continues', async () => {
    const server = await startServer();
    const { socket, framesUpTo } = await openWebSocket(urlOf(server));
    socket.send(`["pull",9]\n["pull",-9]\n${GREET}\n["pull",1]`);
    expect(parsed(await framesUpTo(3))).toEqual([
      rejected(-9, 'the id -9'),
      resolved(1, HELLO),
      rejected(9, 'the id 9'),
    ]);
    const batch = await ask(server.port, { body: `["pull",9]\n${GREET}\n["pull",1]` });
    expect(batch.status).toBe(200);
    expect(parsed(batch.body.split('\n'))).toEqual([resolved(1, HELLO), rejected(9, 'the id 9')]);
  });

  test('in a release ends the session: the two sides no longer count alike', async () => {
    const server = await startServer();
    const { socket, frames, closed } = await openWebSocket(urlOf(server));
    socket.send('["release",3,1]');
    expect(await closed).toMatchObject({ code: 1008, reason: 'What is released is not held.' });
    expect(JSON.parse(frames[0] ?? '')).toEqual([
      'abort',
      ['error', 'TypeError', 'What is released is not held.'],
    ]);
  });

  test('of the released root capability is rejected', async () => {
    const server = await startServer();
    const { socket, framesUpTo } = await openWebSocket(urlOf(server));
    socket.send(`["release",0,1]\n${GREET}\n["pull",1]`);
    expect(parsed(await framesUpTo(1))).toEqual([rejected(1, 'the id 0')]);
  });
});

describe('a message of an unknown kind', () => {
  const REASON = 'The message is of an unknown kind: "future".';

  test('ends a WebSocket session once earlier calls are answered; nothing after it is run', async () => {
    const server = await startServer();
    const { socket, frames, closed } = await openWebSocket(urlOf(server));
    socket.send('["push",["pipeline",0,["hold"],[]]]\n["pull",1]');
    socket.send(`${call('"before"')}\n["pull",2]\n["future",1]\n${call('"after"')}`);
    socket.send(call('"later"'));
    // Not before the calls have ended.
    const other = await openWebSocket(urlOf(server));
    other.socket.send(`${GREET}\n["pull",1]`);
    await other.framesUpTo(1);
    server.release();
    expect(await closed).toEqual({ code: 1008, reason: REASON });
    expect(frames.map((text) => JSON.parse(text))).toEqual([
      resolved(2, 'Alice says: Thanks for the message #1!'),
      resolved(1, 'held'),
      ['abort', ['error', 'TypeError', REASON]],
    ]);
    expect(server.received).toEqual(['before']);
  });

  test('ends a batch: earlier calls are answered, then the reason follows', async () => {
    const server = await startServer();
    const answer = await ask(server.port, {
      body: [call('"before"'), '["pull",1]', '["future",1]', call('"after"'), '["pull",2]'].join(
        '\n',
      ),
    });
    expect(answer.status).toBe(200);
    expect(answer.body.split('\n').map((text) => JSON.parse(text))).toEqual([
      resolved(1, 'Alice says: Thanks for the message #1!'),
      ['abort', ['error', 'TypeError', REASON]],
    ]);
    expect(server.received).toEqual(['before']);
  });
});

describe('a call that needs the result of another', () => {
  test('runs when that is available, in order, and later messages wait', async () => {
    const server = await startServer();
    const { socket, framesUpTo } = await openWebSocket(urlOf(server));
    socket.send('["push",["pipeline",0,["hold"],[]]]');
    socket.send(call('["pipeline",1]'));
    socket.send(call('"after"'));
    socket.send('["pull",2]\n["pull",3]');
    const other = await openWebSocket(urlOf(server));
    other.socket.send(`${GREET}\n["pull",1]`);
    await other.framesUpTo(1);
    expect(server.received).toEqual([]);
    server.release();
    await framesUpTo(2);
    expect(server.received).toEqual(['held', 'after']);
  });

  test('inside its arguments runs, and later messages wait', async () => {
    const server = await startServer();
    const { socket, framesUpTo } = await openWebSocket(urlOf(server));
    socket.send(
      `${call('["pipeline",0,["hold"],[]]')}\n${call('"after"')}\n["pull",1]\n["pull",2]`,
    );
    server.release();
    await framesUpTo(2);
    expect(server.received).toEqual(['held', 'after']);
  });

  test('does not fill memory while that is pending', async () => {
    const server = await startServer();
    const { socket } = await openWebSocket(urlOf(server), { localAddress: '127.0.0.2' });
    socket.send('["push",["pipeline",0,["hold"],[]]]');
    const before = process.memoryUsage().rss;
    const many = 1_200;
    const half = 'x'.repeat(500_000);
    for (let id = 0; id < many; id += 1) {
      socket.send(`["push",["pipeline",0,["chat"],["${half}",["pipeline",1]]]]`);
    }
    const honest = await openWebSocket(urlOf(server));
    for (let id = 1; id <= 20; id += 1) {
      honest.socket.send(`${GREET}\n["pull",${id}]`);
      await honest.framesUpTo(id);
    }
    // What we have not read is still here, on the sending side: nearly all of 600 MB.
    expect(socket.bufferedAmount).toBeGreaterThan(many * 500_000 * 0.95);
    expect(process.memoryUsage().rss - before - socket.bufferedAmount).toBeLessThan(100_000_000);
    server.release();
    socket.terminate();
  });
});
