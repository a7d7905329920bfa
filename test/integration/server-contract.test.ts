import { newHttpBatchRpcSession, newWebSocketRpcSession } from 'capnweb';
import { describe, expect, test } from 'vitest';
import { type AliceClient, ask, cleanup, openWebSocket, startServer } from './server-fixture.ts';

const GREET = '["push", ["pipeline", 0, ["greet"], []]]\n["pull", 1]';

describe('a Python peer', () => {
  test('can greet, chat and get stats with one POST per call', async () => {
    const { port, received, disposed } = await startServer();
    const call = (expression: string) =>
      ask(port, {
        headers: { 'content-type': 'application/x-ndjson' },
        body: `["push", ["pipeline", 0, ${expression}]]\n["pull", 1]`,
      });

    const greeting = await call('["greet"], []');
    expect(greeting.status).toBe(200);
    expect(greeting.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(greeting.body).toBe(`["resolve",1,"Hello! I'm Alice."]`);

    const answer = await call('["chat"], ["Hi Alice, this is Bob!"]');
    expect(answer.body).toBe('["resolve",1,"Alice says: Thanks for the message #1!"]');
    expect(received).toEqual(['Hi Alice, this is Bob!']);

    const stats = await call('["get_stats"], []');
    expect(stats.body).toBe('["resolve",1,{"name":"Alice","messages_received":1}]');
    // Nothing of an answered batch stays behind.
    expect(disposed()).toBe(3);
  });

  test('gets an error without a stack for an unknown method', async () => {
    const { port } = await startServer();
    const { body } = await ask(port, {
      body: '["push", ["pipeline", 0, ["nope"], []]]\n["pull", 1]',
    });
    expect(JSON.parse(body)).toEqual([
      'reject',
      1,
      ['error', 'TypeError', "'nope' is not a function."],
    ]);
  });

  test.each([
    ['binary', Buffer.from(GREET)],
    ['text', GREET],
  ])('is answered on a WebSocket when it sends two messages in one %s frame', async (_, frame) => {
    const { port } = await startServer();
    const { socket, framesUpTo } = await openWebSocket(`ws://127.0.0.1:${port}/rpc/ws`);
    socket.send(frame);
    expect(await framesUpTo(1)).toEqual([`["resolve",1,"Hello! I'm Alice."]`]);
  });

  test('may use CRLF line ends and blank lines', async () => {
    const { port } = await startServer();
    const { socket, framesUpTo } = await openWebSocket(`ws://127.0.0.1:${port}/rpc/ws`);
    socket.send(`\n${GREET.replace('\n', '\r\n\r\n')}\r\n`);
    expect(await framesUpTo(1)).toEqual([`["resolve",1,"Hello! I'm Alice."]`]);
  });
});

describe('a stock capnweb client', () => {
  test('can use the whole contract over a WebSocket', async () => {
    const { port, received } = await startServer();
    const alice = newWebSocketRpcSession<AliceClient>(`ws://127.0.0.1:${port}/rpc/ws`);
    cleanup(() => alice[Symbol.dispose]());
    expect(await alice.greet()).toBe("Hello! I'm Alice.");
    expect(await alice.chat('Hi! 🚀')).toBe('Alice says: Thanks for the message #1!');
    expect(await alice.get_stats()).toEqual({ name: 'Alice', messages_received: 1 });
    expect(await alice.name).toBe('Alice');
    expect(received).toEqual(['Hi! 🚀']);
    await expect(alice.fail()).rejects.toThrow('as asked');
  });

  test('can use the whole contract over HTTP batch, several calls in one request', async () => {
    const { port } = await startServer();
    const alice = newHttpBatchRpcSession<AliceClient>(`http://127.0.0.1:${port}/rpc/batch`);
    const answers = await Promise.all([
      alice.greet(),
      alice.chat('Hi!'),
      alice.get_stats(),
      alice.name,
    ]);
    expect(answers).toEqual([
      "Hello! I'm Alice.",
      'Alice says: Thanks for the message #1!',
      { name: 'Alice', messages_received: 1 },
      'Alice',
    ]);
  });

  test('gets an answer to an empty batch', async () => {
    const { port } = await startServer();
    expect(await ask(port, { body: '' })).toMatchObject({ status: 200, body: '' });
  });
});
