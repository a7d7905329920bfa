import { once } from 'node:events';
import { newWebSocketRpcSession } from 'capnweb';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  type AliceClient,
  cleanup,
  openRaw,
  openWebSocket,
  startServer,
  type TestServer,
  whileChatting,
} from './server-fixture.ts';

const PUSH = '["push",["pipeline",0,["greet"],[]]]';
const GREET = `${PUSH}\n["pull",1]`;

const UPGRADE =
  'GET /rpc/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

const urlOf = (server: TestServer) => `ws://127.0.0.1:${server.port}/rpc/ws`;

describe('a frame over a limit', () => {
  const nest = (depth: number) =>
    `["push",["pipeline",0,["chat"],[${'['.repeat(depth)}${']'.repeat(depth)}]]]`;
  const call = '["pipeline",0,["greet"],[]]';
  const callsInside = (count: number) =>
    `["push",["pipeline",0,["chat"],[${Array(count).fill(call).join()}]]]`;

  test.each([
    [
      '10,000 calls that fit',
      Array(10_000).fill(PUSH).join('\n'),
      1008,
      'RangeError',
      'Too many messages at once; the limit is 512',
    ],
    [
      '10,000 calls that do not fit',
      Array(20_000).fill(PUSH).join('\n'),
      1009,
      'RangeError',
      'The frame is too big; the limit is 524288 bytes',
    ],
    [
      '1,500 calls hidden in the arguments of one',
      callsInside(1_500),
      1008,
      'RangeError',
      'Too many calls in one message; the limit is 64.',
    ],
    ['10,000 levels', nest(10_000), 1008, 'RangeError', 'nested too deep; the limit is 32 levels'],
    [
      'a bomb of values',
      `["push",["pipeline",0,["chat"],[[[${'0,'.repeat(20_000)}0]]]]]`,
      1008,
      'RangeError',
      'too many values; the limit is 10000',
    ],
    ['binary garbage', Buffer.from([0, 1, 2, 254, 255]), 1007, 'TypeError', 'not valid UTF-8'],
    ['invalid UTF-8', Buffer.from([0x5b, 0xc3, 0x28, 0x5d]), 1007, 'TypeError', 'not valid UTF-8'],
    ['not JSON', 'hello', 1008, 'TypeError', 'not valid JSON'],
    ['not a message', '{"push":1}', 1008, 'TypeError', 'is a JSON array'],
    ['an incomplete message', '["release",1]', 1008, 'TypeError', 'A release needs an id'],
  ])(
    '(%s) ends its connection with the reason, and an honest peer chats on',
    async (_, frame, code, name, reason) => {
      const server = await startServer();
      const { frames, closed } = await whileChatting(server, async () => {
        const attacker = await openWebSocket(urlOf(server));
        attacker.socket.send(frame);
        return { frames: attacker.frames, closed: await attacker.closed };
      });
      expect(frames.map((text) => JSON.parse(text))).toEqual([
        ['abort', ['error', name, expect.stringContaining(reason)]],
      ]);
      expect(closed.code).toBe(code);
      expect(closed.reason).toContain(reason);
      expect(server.received).toEqual([]);
    },
  );

  test('is explained to a stock client: its calls fail with the reason', async () => {
    const server = await startServer();
    const alice = newWebSocketRpcSession<AliceClient>(urlOf(server));
    cleanup(() => alice[Symbol.dispose]());
    await alice.greet();
    await expect(alice.chat('x'.repeat(600_000))).rejects.toThrow(
      'The frame is too big; the limit is 524288 bytes in one frame.',
    );
  });

  test.each([
    [
      'a text frame that is not UTF-8',
      Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]),
      1007,
      'not valid UTF-8',
    ],
    [
      'an unknown opcode',
      Buffer.from([0x83, 0x80, 0, 0, 0, 0]),
      1002,
      'breaks the WebSocket protocol',
    ],
    [
      'a frame that declares 100 GB',
      Buffer.from([0x82, 0xff, 0, 0, 0, 0x17, 0x48, 0x76, 0xe8, 0, 0, 0, 0, 0]),
      1009,
      'The frame is too big',
    ],
  ])('(%s) is refused at the protocol level with the reason', async (_, bytes, code, reason) => {
    const server = await startServer();
    const { socket, ended } = await openRaw(server.port);
    socket.write(UPGRADE);
    await once(socket, 'data');
    socket.write(bytes);
    const text = await ended;
    expect(text).toContain(`["abort",["error",`);
    expect(text).toContain(reason);
    expect(await server.channels[0]?.closed).toMatchObject({ code });
  });
});

describe('a caller with many calls at once', () => {
  test('waits for its open calls to end, and is answered', async () => {
    const server = await startServer({ limits: { openCalls: 2 } });
    const alice = newWebSocketRpcSession<AliceClient>(urlOf(server));
    cleanup(() => alice[Symbol.dispose]());
    const order: string[] = [];
    const noted = (answer: string) => order.push(answer);
    const calls = [alice.hold().then(noted), alice.hold().then(noted), alice.greet().then(noted)];
    // Another connection of the same address is not held up by them.
    const other = await openWebSocket(urlOf(server));
    other.socket.send(GREET);
    expect(await other.framesUpTo(1)).toEqual([`["resolve",1,"Hello! I'm Alice."]`]);
    expect(order).toEqual([]);
    server.release();
    await Promise.all(calls);
    expect(order).toEqual(['held', 'held', "Hello! I'm Alice."]);
  });

  test('is throttled without errors, and an honest peer chats on', async () => {
    const server = await startServer();
    const many = 20_000;
    const frames = await whileChatting(server, async () => {
      const hurried = await openWebSocket(urlOf(server), { localAddress: '127.0.0.2' });
      for (let id = 1; id <= many; id += 1) {
        hurried.socket.send(`${PUSH}\n["pull",${id}]\n["release",${id},1]`);
      }
      return hurried.framesUpTo(many);
    });
    expect(frames).toEqual(
      Array.from({ length: many }, (_, index) => `["resolve",${index + 1},"Hello! I'm Alice."]`),
    );
  });

  test('may have 3,000 calls in flight', async () => {
    const server = await startServer();
    const alice = newWebSocketRpcSession<AliceClient>(urlOf(server));
    cleanup(() => alice[Symbol.dispose]());
    const greetings = await Promise.all(Array.from({ length: 3_000 }, () => alice.name));
    expect(new Set(greetings)).toEqual(new Set(['Alice']));
  });
});

describe('a caller that does not read', () => {
  test('is disconnected before it fills memory, and an honest peer chats on', async () => {
    const server = await startServer({ limits: { sendBufferBytes: 200_000 } });
    const ended = await whileChatting(server, async () => {
      const stuck = await openWebSocket(urlOf(server));
      const channel = server.channels.at(-1);
      stuck.socket.pause();
      for (let id = 1; id <= 300; id += 1) {
        stuck.socket.send(`["push",["pipeline",0,["long"],[]]]\n["pull",${id}]`);
      }
      return channel?.closed;
    });
    expect(ended).toEqual({
      code: 1008,
      reason: 'The other side does not read what it is sent; the limit is 200000 waiting bytes.',
    });
  });

  test('is disconnected when it does not answer our close', async () => {
    const server = await startServer();
    const { socket } = await openRaw(server.port);
    socket.write(UPGRADE);
    await once(socket, 'data');
    const [channel] = server.channels;
    channel?.close(4000, 'enough');
    channel?.close(4001, 'twice');
    expect(await channel?.closed).toEqual({ code: 4000, reason: 'enough' });
  });
});

describe('an upgrade', () => {
  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ host: 'evil.example' }, 403],
  ])('with %j is refused', async (headers, status) => {
    const server = await startServer();
    const socket = new WebSocket(urlOf(server), { headers });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
    socket.terminate();
    expect(server.channels).toEqual([]);
  });

  test('is accepted whatever the case of its headers', async () => {
    const server = await startServer();
    const { socket } = await openRaw(server.port);
    socket.write(
      UPGRADE.replace('Connection: Upgrade', 'CONNECTION: keep-alive, UPGRADE').replace(
        'Upgrade: websocket',
        'upgrade: WebSocket',
      ),
    );
    const [head] = await once(socket, 'data');
    expect(String(head)).toMatch(/^HTTP\/1\.1 101 /);
  });

  test('of another version gets the supported one', async () => {
    const server = await startServer();
    const { socket, ended } = await openRaw(server.port);
    socket.write(UPGRADE.replace('Version: 13', 'Version: 7'));
    const text = await ended;
    expect(text).toMatch(/^HTTP\/1\.1 400 Missing or invalid Sec-WebSocket-Version header\./);
    expect(text).toContain('sec-websocket-version: 13');
  });

  test('at another path is answered 404', async () => {
    const server = await startServer();
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/elsewhere`);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(404);
    socket.terminate();
  });
});

describe('a channel', () => {
  test('has the caller’s identity, answers pings and reports how it closed', async () => {
    const server = await startServer();
    const { socket } = await openWebSocket(urlOf(server));
    const [channel] = server.channels;
    expect(channel).toMatchObject({ identity: null, secure: false, remoteHost: '127.0.0.1' });
    expect(channel?.remotePort).toBeGreaterThan(0);
    await channel?.ping(5_000);
    socket.close(4321, 'bye');
    expect(await channel?.closed).toEqual({ code: 4321, reason: 'bye' });
    await expect(channel?.ping(5_000)).rejects.toThrow('closed');
    await expect(channel?.transport.receive()).rejects.toThrow('bye');
  });

  test('detects a half-open connection by its ping', async () => {
    const server = await startServer();
    const { socket } = await openWebSocket(urlOf(server));
    socket.pause();
    await expect(server.channels[0]?.ping(50)).rejects.toThrow('No answer to a ping.');
    const ping = server.channels[0]?.ping(60_000);
    ping?.catch(() => {});
    socket.terminate();
    await expect(ping).rejects.toThrow('The connection was closed.');
  });

  test('that the other side has closed reports that, even when we close it too', async () => {
    const server = await startServer();
    const { socket } = await openRaw(server.port);
    socket.write(UPGRADE);
    await once(socket, 'data');
    const [channel] = server.channels;
    const answered = once(socket, 'data');
    // A close frame with the code 4321; the mask is zero.
    socket.write(Buffer.from([0x88, 0x85, 0, 0, 0, 0, 0x10, 0xe1, 0x62, 0x79, 0x65]));
    await answered;
    channel?.close(4000, 'ours');
    socket.destroy();
    expect(await channel?.closed).toEqual({ code: 4321, reason: 'bye' });
  });

  test('that breaks reports 1006', async () => {
    const server = await startServer();
    const { socket } = await openWebSocket(urlOf(server));
    socket.terminate();
    expect(await server.channels[0]?.closed).toMatchObject({ code: 1006 });
  });

  test('truncates a long close reason between characters', async () => {
    const server = await startServer();
    const { closed } = await openWebSocket(urlOf(server));
    server.channels[0]?.close(4000, `x${'é'.repeat(100)}`);
    expect(await closed).toEqual({ code: 4000, reason: `x${'é'.repeat(61)}` });
  });
});

describe('when the server stops', () => {
  test('every connection closes, whatever it was doing', async () => {
    const server = await startServer();
    const honest = await openWebSocket(urlOf(server));
    const idle = await openRaw(server.port);
    const half = await openRaw(server.port);
    half.socket.write('POST /rpc/batch HTTP/1.1\r\n');
    await server.listener.close();
    expect(await honest.closed).toEqual({ code: 1001, reason: 'The peer is shutting down.' });
    expect([await idle.ended, await half.ended]).toEqual(['', '']);
    await expect(openRaw(server.port)).rejects.toThrow('ECONNREFUSED');
    await server.listener.close();
  });
});
