import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ask, cleanup, openRaw, startServer, whileChatting } from './server-fixture.ts';

const GREET = '["push",["pipeline",0,["greet"],[]]]\n["pull",1]';
const HEAD = 'POST /rpc/batch HTTP/1.1\r\nHost: 127.0.0.1\r\n';

/** The reason inside an `abort` line. */
function abortReason(body: string): unknown {
  return JSON.parse(body)[1];
}

describe('a web page', () => {
  test.each(['https://evil.example', 'null', 'http://127.0.0.1'])(
    'with the origin %s is refused, and an honest peer chats on',
    async (origin) => {
      const server = await startServer();
      const answer = await whileChatting(server, () =>
        ask(server.port, { headers: { origin }, body: GREET }),
      );
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('Web pages may not call this peer');
    },
  );

  test('with a rebound host name (DNS rebinding) is refused', async () => {
    const server = await startServer();
    const answer = await ask(server.port, { headers: { host: 'evil.example' }, body: GREET });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('does not go by that name');
    for (const host of ['localhost', 'alices-box', 'chat.example.org:1']) {
      expect(await ask(server.port, { headers: { host }, body: GREET })).toMatchObject({
        status: 200,
      });
    }
  });

  test('gets no CORS preflight either', async () => {
    const server = await startServer();
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await ask(server.port, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).join()).not.toContain('access-control');
  });
});

describe('paths and methods', () => {
  test.each([
    ['GET', '/', 404, 'This is a Parley chat peer'],
    ['GET', '/nothing', 404, 'Nothing is at this path.'],
    ['GET', '/rpc/batch', 405, 'A batch of calls is sent with POST.'],
    ['DELETE', '/rpc/batch', 405, 'A batch of calls is sent with POST.'],
    ['POST', '/rpc/ws', 405, 'A WebSocket is opened with GET.'],
    ['GET', '/rpc/ws', 426, 'Only WebSockets are answered here.'],
  ])('%s %s is answered %i with a readable reason', async (method, path, status, reason) => {
    const { port } = await startServer();
    const answer = await ask(port, { method, path });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(reason);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    if (status === 405) expect(answer.headers['allow']).toBe(path === '/rpc/ws' ? 'GET' : 'POST');
  });

  test('an Upgrade header to another protocol does not prevent a batch', async () => {
    const { port } = await startServer();
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' };
    expect(await ask(port, { headers, body: GREET })).toMatchObject({ status: 200 });
  });
});

describe('a request body', () => {
  const CHUNK = Buffer.alloc(64 * 1024, '[');

  /** Sends until it is refused; returns the answer and how much had been sent. */
  async function pour(port: number, head: string, wrap: (chunk: Buffer) => Buffer) {
    const { socket, ended } = await openRaw(port);
    let sent = 0;
    let over = false;
    const answer = ended.finally(() => {
      over = true;
    });
    socket.write(head);
    const chunk = wrap(CHUNK);
    while (!over && sent < 100_000_000) {
      sent += CHUNK.length;
      // When the connection is cut in the middle, `answer` tells what came before.
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), answer]).catch(() => {});
    }
    return { answer: await answer, sent };
  }

  test.each([
    ['with a Content-Length', `${HEAD}Content-Length: 100000000\r\n\r\n`, (chunk: Buffer) => chunk],
    [
      'in chunks',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
      (chunk: Buffer) =>
        Buffer.concat([
          Buffer.from(`${chunk.length.toString(16)}\r\n`),
          chunk,
          Buffer.from('\r\n'),
        ]),
    ],
  ])('of 100 MB %s is refused while an honest peer chats on', async (_, head, wrap) => {
    const server = await startServer();
    const { answer } = await whileChatting(server, () => pour(server.port, head, wrap));
    expect(answer).toMatch(/^HTTP\/1\.1 413 The body is too big; the limit is 1048576 bytes\.\r\n/);
    expect(answer).toContain(
      '["abort",["error","RangeError","The body is too big; the limit is 1048576 bytes."]]',
    );
  });

  test('over the limit is refused before it is sent when the client expects 100 Continue', async () => {
    const { port } = await startServer();
    const { socket, ended } = await openRaw(port);
    socket.write(`${HEAD}Content-Length: 100000000\r\nExpect: 100-continue\r\n\r\n`);
    const answer = await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).not.toContain('100 Continue');
  });

  test('of acceptable size is requested with 100 Continue', async () => {
    const { port } = await startServer();
    const { socket } = await openRaw(port);
    socket.write(`${HEAD}Content-Length: ${GREET.length}\r\nExpect: 100-continue\r\n\r\n`);
    const [first] = await once(socket, 'data');
    expect(String(first)).toContain('100 Continue');
    socket.write(GREET);
    const [second] = await once(socket, 'data');
    expect(String(second)).toContain("Hello! I'm Alice.");
  });

  test.each(['gzip', 'GZIP', 'identity, gzip', 'deflate,identity', 'identityx'])(
    'is refused with a content coding (%s)',
    async (coding) => {
      const { port } = await startServer();
      const answer = await ask(port, { headers: { 'content-encoding': coding }, body: 'x' });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('Compressed bodies are not offered here.');
    },
  );

  test.each([
    'Content-Encoding: Identity',
    'Content-Encoding: IDENTITY, identity',
    'Content-Encoding: identity\r\nContent-Encoding: identity',
    'Content-Encoding:',
    'Content-Encoding: , identity ,',
    'content-TYPE: Application/X-NDJSON; Charset=UTF-8',
    'Content-Type: nonsense',
    'Expect: 100-Continue',
    'Connection: Close',
  ])('is accepted whatever the case of its headers (%s)', async (lines) => {
    const { port } = await startServer();
    const { socket, ended } = await openRaw(port);
    const head = `${HEAD}${lines}\r\n`;
    socket.write(`${head}CONTENT-length: ${GREET.length}\r\n\r\n${GREET}`);
    const chunked = `${head}Transfer-Encoding: Chunked\r\nConnection: close\r\n\r\n`;
    if (!/close/i.test(lines)) {
      socket.write(`${chunked}${GREET.length.toString(16)}\r\n${GREET}\r\n0\r\n\r\n`);
    }
    const answers = (await ended).match(/Hello! I'm Alice\./g);
    expect(answers).toHaveLength(/close/i.test(lines) ? 1 : 2);
  });
});

describe('a batch over a limit', () => {
  const push = '["push",["pipeline",0,["greet"],[]]]';
  const nest = (depth: number) =>
    `["push",["pipeline",0,["chat"],[${'['.repeat(depth)}${']'.repeat(depth)}]]]`;

  test.each([
    ['10,000 calls', Array(10_000).fill(push).join('\n'), 413, 'the limit is 512'],
    ['10,000 levels', nest(10_000), 413, 'nested too deep; the limit is 32 levels'],
    [
      'a bomb of values',
      `["push",["pipeline",0,["chat"],[[[${'0,'.repeat(20_000)}0]]]]]`,
      413,
      'too many values; the limit is 10000',
    ],
    [
      'a message over the limit',
      `["push",["pipeline",0,["chat"],["${'x'.repeat(600_000)}"]]]`,
      413,
      'the limit is 524288 bytes in one message',
    ],
    ['not JSON', 'hello', 400, 'not valid JSON'],
    ['not UTF-8', Buffer.from([0x5b, 0xff, 0x5d]), 400, 'not valid UTF-8'],
    ['an incomplete message', '["release",1]', 400, 'A release needs an id'],
  ])(
    '(%s) is refused before any call, and an honest peer chats on',
    async (_, body, status, reason) => {
      const server = await startServer();
      const answer = await whileChatting(server, () => ask(server.port, { body }));
      expect(answer.status).toBe(status);
      expect(abortReason(answer.body)).toEqual([
        'error',
        status === 413 ? 'RangeError' : 'TypeError',
        expect.stringContaining(reason),
      ]);
      expect(answer.reason).toContain(reason);
      expect(server.callers).toEqual([]);
    },
  );

  test('has its calls wait when too many are open, and all are answered', async () => {
    const server = await startServer({ limits: { openCalls: 2 } });
    const hold = '["push",["pipeline",0,["hold"],[]]]';
    const body = `${hold}\n${hold}\n${hold}\n["pull",1]\n["pull",2]\n["pull",3]`;
    const asking = whileChatting(server, () => ask(server.port, { body }));
    while (server.callers.length === 0) await ask(server.port, { body: GREET });
    server.release();
    const { status, body: answer } = await asking;
    expect(status).toBe(200);
    expect(answer.split('\n').sort()).toEqual([1, 2, 3].map((id) => `["resolve",${id},"held"]`));
  });

  test('with calls that never end times out', async () => {
    const { port } = await startServer({ limits: { openCalls: 2, answerTimeout: 200 } });
    const hold = '["push",["pipeline",0,["hold"],[]]]';
    const answer = await ask(port, { body: `${hold}\n${hold}\n${hold}\n["pull",3]` });
    expect(answer.status).toBe(503);
    expect(await ask(port, { body: GREET })).toMatchObject({ status: 200 });
  });

  test('is refused without a stack when it is malformed', async () => {
    const { port } = await startServer();
    const answer = await ask(port, { body: '["release",7,1]' });
    expect(answer.status).toBe(400);
    const reason = 'What is released is not held.';
    expect(abortReason(answer.body)).toEqual(['error', 'TypeError', reason]);
  });

  test('that is never answered times out with a reason, and its memory is released', async () => {
    const { port, disposed } = await startServer({ limits: { answerTimeout: 100 } });
    const answer = await ask(port, { body: '["push",["pipeline",0,["hold"],[]]]\n["pull",1]' });
    expect(disposed()).toBe(1);
    expect(answer.status).toBe(503);
    expect(abortReason(answer.body)).toEqual([
      'error',
      'Error',
      'The answer took too long; the limit is 100 milliseconds.',
    ]);
  });

  test('is refused when its answer would be too large to hold in memory', async () => {
    const { port } = await startServer({ limits: { sendBufferBytes: 250_000 } });
    const calls = [1, 2, 3].map((id) => `["push",["pipeline",0,["long"],[]]]\n["pull",${id}]`);
    const answer = await ask(port, { body: calls.join('\n') });
    expect(answer.status).toBe(413);
    expect(abortReason(answer.body)).toEqual([
      'error',
      'RangeError',
      'The answer is too big; the limit is 250000 bytes.',
    ]);
  });

  test('after a thousand others on the same connection is answered in turn', async () => {
    const server = await startServer();
    const text = await whileChatting(server, async () => {
      const { socket, ended } = await openRaw(server.port);
      const request = `${HEAD}Content-Length: ${GREET.length}\r\n`;
      socket.write(`${request}\r\n${GREET}`.repeat(999));
      socket.write(`${request}Connection: close\r\n\r\n${GREET}`);
      return ended;
    });
    expect(text.split("Hello! I'm Alice.")).toHaveLength(1_001);
    expect(text.split('HTTP/1.1 200 OK')).toHaveLength(1_001);
  });

  test('whose client does not read the answer is disconnected', async () => {
    const { port } = await startServer({
      limits: { requestTimeout: 150, answerTimeout: 150, connectionsPerAddress: 1 },
    });
    const { socket } = await openRaw(port);
    socket.pause();
    const body = Array.from(
      { length: 150 },
      (_, index) => `["push",["pipeline",0,["long"],[]]]\n["pull",${index + 1}]`,
    ).join('\n');
    socket.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
    let status = 503;
    while (status === 503)
      status = await ask(port, { method: 'GET' }).then(
        (a) => a.status,
        () => 503,
      );
    expect(status).toBe(405);
  });

  test('whose client disconnects does not affect other clients', async () => {
    const server = await startServer();
    await whileChatting(server, async () => {
      const { socket } = await openRaw(server.port);
      const body = '["push",["pipeline",0,["hold"],[]]]\n["pull",1]';
      socket.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
      socket.destroy();
      await once(socket, 'close');
    });
  });
});

describe('a slow client', () => {
  // Long enough for a busy machine to see the start of a request in time.
  const limits = { headersTimeout: 600, requestTimeout: 900 };

  test.each([
    ['sends nothing', ''],
    ['sends part of a request head', 'POST /rpc/ba'],
    [
      'sends part of an upgrade',
      'GET /rpc/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n',
    ],
    ['sends part of a body', `${HEAD}Content-Length: 100\r\n\r\n["push",`],
  ])('that %s is disconnected while an honest peer chats on', async (_, start) => {
    const server = await startServer({ limits });
    const text = await whileChatting(server, async () => {
      const { socket, ended } = await openRaw(server.port);
      socket.write(start);
      return ended;
    });
    if (start === '') expect(text).toBe('');
    else expect(text).toMatch(/^HTTP\/1\.1 408 The request was too slow; the limit is 600 ms/);
  });

  test('that sends its request head byte by byte is disconnected all the same', async () => {
    const server = await startServer({ limits });
    const { socket, ended } = await openRaw(server.port);
    const dribble = setInterval(() => socket.write('X'), 20);
    cleanup(() => clearInterval(dribble));
    socket.write('GET / HTTP/1.1\r\n');
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('input that is not valid HTTP', () => {
  test.each([
    [
      'garbage',
      Buffer.from('\u0000\u0001\u0002binary\r\n\r\n', 'latin1'),
      /^HTTP\/1\.1 400 This is not an HTTP request\./,
    ],
    [
      'an endless request head',
      Buffer.from(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`),
      /^HTTP\/1\.1 431 The head of the request is too big\./,
    ],
    [
      'no Host header',
      Buffer.from('POST /rpc/batch HTTP/1.1\r\nContent-Length: 0\r\n\r\n'),
      /^HTTP\/1\.1 400 The request needs exactly one Host header\./,
    ],
    ['two Host headers', Buffer.from(`${HEAD}Host: 127.0.0.1\r\n\r\n`), /^HTTP\/1\.1 400 /],
    [
      'both kinds of body length',
      Buffer.from(`${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`),
      /^HTTP\/1\.1 400 /,
    ],
    ['TLS when there is no certificate', Buffer.from([0x16, 3, 1, 0, 200, 1]), /^$/],
  ])('(%s) is refused while an honest peer chats on', async (_, bytes, expected) => {
    const server = await startServer();
    const text = await whileChatting(server, async () => {
      const { socket, ended } = await openRaw(server.port);
      socket.write(bytes);
      return ended;
    });
    expect(text).toMatch(expected);
  });
});

describe('too many connections', () => {
  test('from one address are refused with a reason; others are accepted, and it recovers', async () => {
    const server = await startServer({ limits: { connectionsPerAddress: 8 } });
    await whileChatting(server, async () => {
      const many = await Promise.all(
        Array.from({ length: 8 }, () => openRaw(server.port, '127.0.0.2')),
      );
      const extra = await openRaw(server.port, '127.0.0.2');
      extra.socket.write('G');
      expect(await extra.ended).toMatch(
        /^HTTP\/1\.1 503 Too many connections from your address; the limit is 8\.\r\n/,
      );
      const other = connect({ host: '127.0.0.1', port: server.port, localAddress: '127.0.0.3' });
      cleanup(() => other.destroy());
      other.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      expect(String((await once(other, 'data'))[0])).toContain('Parley chat peer');

      const [first] = many;
      first?.socket.end('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await first?.ended;
      // The server has let the connection go when it answers again; until then it says 503.
      let text = '';
      do {
        const again = await openRaw(server.port, '127.0.0.2');
        again.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
        text = await again.ended;
      } while (text.startsWith('HTTP/1.1 503'));
      expect(text).toContain('Parley chat peer');
    });
  });

  test('overall are refused too', async () => {
    const { port } = await startServer({ limits: { connections: 2 } });
    await openRaw(port, '127.0.0.2');
    await openRaw(port, '127.0.0.3');
    const { socket, ended } = await openRaw(port, '127.0.0.4');
    socket.write('G');
    expect(await ended).toMatch(/^HTTP\/1\.1 503 Too many connections; the limit is 2\./);
  });

  test('are closed without holding memory for them', async () => {
    const { port } = await startServer({ limits: { connections: 1 } });
    await openRaw(port);
    // Each keeps its own side open, so that ours is the only one to end it.
    const texts = await Promise.all(Array.from({ length: 200 }, () => stubborn(port)));
    const polite = texts.filter((text) => text.startsWith('HTTP/1.1 503')).length;
    expect(polite).toBeGreaterThanOrEqual(1);
    expect(polite).toBeLessThan(200);
  });
});

function stubborn(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  cleanup(() => socket.destroy());
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.write('G');
  return new Promise((resolve) => {
    socket.once('end', () => resolve(text));
    socket.once('close', () => resolve(text));
  });
}
