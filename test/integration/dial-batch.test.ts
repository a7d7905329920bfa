import { createServer as createHttp, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { nodeHttpBatchRpcResponse } from 'capnweb';
import { afterEach, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { type BatchDeps, createBatchClient } from '../../src/core/net/dial/batch-client.ts';
import { systemLookup } from '../../src/core/net/dial/connect-tcp.ts';
import { CallError } from '../../src/core/protocol/channel.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { ProblemError } from '../../src/shared/problems/problem.ts';
import {
  freePort,
  startRecording,
  startTcp,
  type TcpServer,
} from '../support/network/tcp-server.ts';
import { TestRoot } from '../support/network/test-root.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';

const running: TcpServer[] = [];
async function started<T extends TcpServer>(server: Promise<T>): Promise<T> {
  running.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

function client(port: number, deps: Partial<BatchDeps> = {}, host = '127.0.0.1') {
  return createBatchClient(
    {
      world: systemWorld,
      limits: DEFAULT_LIMITS,
      lookup: systemLookup,
      timeouts: { find: 1_000, reach: 1_000, stagger: 100, answer: 1_000 },
      ...deps,
    },
    { scheme: 'plain', host, port },
  );
}

async function callErrorFrom(call: Promise<unknown>): Promise<CallError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallError)) throw new Error('No CallError came.', { cause: error });
  return error;
}

describe('a call to a Python peer', () => {
  test('of a method that it lacks is "rejected" with its reason, and the next call works', async () => {
    const peer = await started(startTcp(createPythonPeer('Alice', { webSocket: false }).server));
    const error = await callErrorFrom(client(peer.port).call('nope', []));
    expect(error.outcome).toBe('rejected');
    expect(error.message).toBe('Method nope not found');
    expect(await client(peer.port).call('greet', [])).toBe("Hello! I'm Alice.");
  });
});

describe('a call to a stock Cap’n Web server', () => {
  const startStock = () => {
    const root = new TestRoot('Alice');
    return started(
      startTcp(
        createHttp((request, response) => {
          void nodeHttpBatchRpcResponse(request, response, root);
        }),
      ),
    );
  };

  test('is answered, and properties can be read', async () => {
    const peer = client((await startStock()).port);
    expect(await peer.call('name', null)).toBe('Alice');
    expect(await peer.call('chat', ['Grüße 👋 \u2028 "x"\n'])).toMatch(/message #1!$/);
    expect(await peer.call('get_stats', [])).toEqual({ name: 'Alice', messages_received: 1 });
  });

  test('uses its own connection, which is closed afterwards', async () => {
    const server = await startStock();
    const peer = client(server.port);
    await Promise.all(Array.from({ length: 10 }, () => peer.call('chat', ['Hi'])));
    expect(await peer.call('get_stats', [])).toMatchObject({ messages_received: 10 });
    expect(server.accepted()).toBe(11);
    await server.allClosed();
  });
});

describe('a call that was not sent is "not-sent"', () => {
  test('when the connection is refused', async () => {
    const error = await callErrorFrom(client(await freePort()).call('chat', ['Hi']));
    expect(error.outcome).toBe('not-sent');
    expect(error.cause).toBeInstanceOf(ProblemError);
  });

  test('when the name is not found', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    const error = await callErrorFrom(client(1, { lookup }, 'gone.example').call('chat', ['Hi']));
    expect(error.outcome).toBe('not-sent');
  });
});

describe('a call that was sent and not answered is "unanswered"', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n';
  const behaviours: Record<string, (socket: Socket) => void> = {
    'when the connection is reset': (socket) => socket.resetAndDestroy(),
    'when the connection is closed': (socket) => socket.end(),
    'when the answer stops half-way': (socket) => socket.end(`${HEAD}["resolve",1,"Hel`),
    'when the answer never comes': () => {},
    'when the answer never ends': (socket) => socket.write(`${HEAD}["res`),
    'when the answer is not HTTP': (socket) => socket.end('hello\r\n\r\n'),
    'when the answer is another protocol': (socket) =>
      socket.write('HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
  };

  test.each(Object.entries(behaviours))('%s', async (_name, behave) => {
    const server = await started(startRecording(behave));
    const timeouts = { find: 100, reach: 1_000, stagger: 100, answer: 100 };
    const error = await callErrorFrom(client(server.port, { timeouts }).call('chat', ['Hi']));
    expect(error.outcome).toBe('unanswered');
    expect(server.received().toString()).toContain('["chat"]');
    await server.allClosed();
  });

  test.each([
    ['is empty', 200, ''],
    ['is a web page', 200, '<!doctype html>'],
    ['answers another call', 200, '["resolve",2,"x"]'],
    ['ends the session', 200, '["abort",["error","Error","Too deep."]]'],
    ['is an error of the server', 500, 'Internal Server Error'],
    ['is nested too deep', 200, `["resolve",1,${'['.repeat(5_000)}${']'.repeat(5_000)}]`],
    ['is too long', 200, `["resolve",1,"${'x'.repeat(DEFAULT_LIMITS.bodyBytes)}"]`],
    ['is not valid UTF-8', 200, Buffer.from([0x5b, 0xff, 0x5d])],
  ])('when the answer %s', async (_name, status, body) => {
    const server = await started(startTcp(createHttp(answering(status, body))));
    const error = await callErrorFrom(client(server.port).call('chat', ['Hi']));
    expect(error.outcome).toBe('unanswered');
    await server.allClosed();
  });
});

describe('a call that was refused is "rejected"', () => {
  test.each([301, 400, 403, 404, 413, 429])('with HTTP status %i', async (status) => {
    const server = await started(startTcp(createHttp(answering(status, 'No.'))));
    const error = await callErrorFrom(client(server.port).call('chat', ['Hi']));
    expect(error.outcome).toBe('rejected');
    expect(error.message).toContain(String(status));
  });

  test('by a Cap’n Web answer, whatever the HTTP status', async () => {
    const body = '["reject",1,["error","RangeError","The message is too long."]]';
    const server = await started(startTcp(createHttp(answering(500, body))));
    const error = await callErrorFrom(client(server.port).call('chat', ['Hi']));
    expect(error).toMatchObject({ outcome: 'rejected', message: 'The message is too long.' });
  });
});

function answering(status: number, body: string | Buffer): RequestListener {
  return (request, response) => {
    request.resume().once('end', () => response.writeHead(status).end(body));
  };
}
