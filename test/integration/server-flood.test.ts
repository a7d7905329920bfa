import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ask, openRaw, openWebSocket, startServer, type TestServer } from './server-fixture.ts';

const PUSH = '["push",["pipeline",0,["greet"],[]]]';
const UPGRADE =
  'GET /rpc/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

const urlOf = (server: TestServer) => `ws://127.0.0.1:${server.port}/rpc/ws`;

/** Calls of a frame, with ids from `from` on, released at once. */
function calls(from: number, count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `${PUSH}\n["pull",${from + index}]\n["release",${from + index},1]`,
  ).join('\n');
}

/** A binary frame on the wire, as a client sends it; the mask is zero. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(8);
  head[0] = 0x82;
  head[1] = 0x80 | 126;
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/** A connection that only sends; its answers are read and thrown away. */
async function openPouring(server: TestServer, localAddress: string) {
  const { socket } = await openRaw(server.port, localAddress);
  socket.write(UPGRADE);
  await once(socket, 'data');
  return socket;
}

describe('beside a client that sends as fast as possible', () => {
  test('another client’s call is answered long before the flood', async () => {
    const server = await startServer();
    const honest = await openWebSocket(urlOf(server));
    const hostile = await openWebSocket(urlOf(server), { localAddress: '127.0.0.2' });
    const many = 100;
    for (let index = 0; index < many; index += 1) hostile.socket.send(calls(1 + index * 128, 128));
    await hostile.framesUpTo(1);
    honest.socket.send(`${PUSH}\n["pull",1]`);
    expect(await honest.framesUpTo(1)).toEqual([`["resolve",1,"Hello! I'm Alice."]`]);
    // Nothing of the other's is lost for it.
    expect(hostile.frames.length).toBeLessThan((many * 128) / 2);
    expect(await hostile.framesUpTo(many * 128)).toHaveLength(many * 128);
  });

  test('memory stays bounded by TCP backpressure: reading pauses', async () => {
    const server = await startServer();
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () => openPouring(server, '127.0.0.2')),
    );
    const before = process.memoryUsage().rss;
    // 400 MB, if all of it were read. The senders, which are here too, share these bytes.
    const frames = Array.from({ length: 600 }, (_, index) => frame(calls(1 + index * 400, 400)));
    for (const bytes of frames) for (const it of sockets) it.write(bytes);
    const honest = await openWebSocket(urlOf(server));
    for (let id = 1; id <= 20; id += 1) {
      honest.socket.send(`${PUSH}\n["pull",${id}]`);
      await honest.framesUpTo(id);
    }
    const unsent = sockets.reduce((sum, it) => sum + it.writableLength, 0);
    expect(unsent).toBeGreaterThan(200_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    for (const it of sockets) it.destroy();
  });

  test('requests without a pull are not read without limit either', async () => {
    const server = await startServer({ limits: { openCalls: 1 } });
    const { socket } = await openRaw(server.port, '127.0.0.2');
    const request = (body: string) =>
      `POST /rpc/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    // Node reads on at the end of each request that is answered.
    const answered = request(`${PUSH}\n["pull",1]`).repeat(5);
    const held = request('["push",["pipeline",0,["hold"],[]]]\n["pull",1]');
    const many = Buffer.from(request(`${PUSH}\n["pull",1]`).repeat(5_000));
    socket.write(Buffer.concat([Buffer.from(answered + held), many]));
    for (let index = 1; index < 50; index += 1) socket.write(many);
    const honest = await openWebSocket(urlOf(server));
    let id = 0;
    const chat = async (times: number) => {
      for (const end = id + times; id < end; ) {
        id += 1;
        honest.socket.send(`${PUSH}\n["pull",${id}]`);
        await honest.framesUpTo(id);
      }
    };
    await chat(50);
    const unsent = socket.writableLength;
    expect(unsent).toBeGreaterThan(25 * many.length);
    await chat(500);
    expect(socket.writableLength).toBe(unsent);
    // What had its turn before the first call counted as open.
    expect(server.callers.length).toBeLessThan(50);
    socket.destroy();
  });

  test('a full-length HTTP batch does not delay another call', async () => {
    const server = await startServer();
    const honest = await openWebSocket(urlOf(server));
    const body = Array.from({ length: 170 }, (_, index) => calls(1 + index, 1)).join('\n');
    const order: string[] = [];
    const batches = Array.from({ length: 20 }, () =>
      ask(server.port, { body }).then(({ status }) => order.push(String(status))),
    );
    for (let id = 1; id <= 5; id += 1) {
      honest.socket.send(`${PUSH}\n["pull",${id}]`);
      await honest.framesUpTo(id);
    }
    order.push('honest');
    await Promise.all(batches);
    expect(order.filter((it) => it === '200')).toHaveLength(20);
  });
});

describe('a client that never reads its answers', () => {
  test('is no longer served, and disconnected after a while', async () => {
    const server = await startServer({ limits: { bufferedBytes: 300_000, stallTimeout: 300 } });
    const stuck = await openWebSocket(urlOf(server));
    const [channel] = server.channels;
    stuck.socket.pause();
    for (let id = 1; id <= 400; id += 1) {
      stuck.socket.send(`["push",["pipeline",0,["long"],[]]]\n["pull",${id}]`);
    }
    expect(await channel?.closed).toEqual({
      code: 1008,
      reason:
        'The other side does not read what it is sent; the limit is 300 ms for 300000 waiting bytes.',
    });
  });

  test('is served again when it reads again', async () => {
    const server = await startServer({ limits: { bufferedBytes: 300_000 } });
    const slow = await openWebSocket(urlOf(server));
    slow.socket.pause();
    for (let id = 1; id <= 200; id += 1) {
      slow.socket.send(`["push",["pipeline",0,["long"],[]]]\n["pull",${id}]`);
    }
    const other = await openWebSocket(urlOf(server));
    for (let id = 1; id <= 50; id += 1) {
      other.socket.send(`${PUSH}\n["pull",${id}]`);
      await other.framesUpTo(id);
    }
    slow.socket.resume();
    expect(await slow.framesUpTo(200)).toHaveLength(200);
  });
});

describe('a closed connection', () => {
  test('has its earlier calls run to the end', async () => {
    const server = await startServer();
    const brief = await openWebSocket(urlOf(server));
    const many = 400;
    const chats = Array.from(
      { length: many },
      (_, index) => `["push",["pipeline",0,["chat"],["${index}"]]]`,
    );
    brief.socket.send(chats.join('\n'));
    brief.socket.close();
    await server.channels[0]?.closed;
    expect(server.received).toEqual(Array.from({ length: many }, (_, index) => String(index)));
  });
});
