import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { callOver, channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import { startRecording, startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';

const running: TcpServer[] = [];
async function started<T extends TcpServer>(server: Promise<T>): Promise<T> {
  running.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

describe('a peer of the open contract', () => {
  test.each(['auto', 'plain'] as const)('is connected over its WebSocket (%s)', async (scheme) => {
    const peer = await started(startTcp(createPythonPeer('Alice', { webSocket: true }).server));
    const attempt = dialTest({ port: peer.port, scheme });
    const channel = await channelFrom(attempt);
    expect(await callOver(channel, 'greet')).toBe("Hello! I'm Alice.");
    expect(channel).toMatchObject({ identity: null, secure: false, remoteHost: '127.0.0.1' });
    expect(channel.remotePort).toBe(peer.port);
    expect(attempt.steps).toEqual(
      scheme === 'auto' ? ['find', 'reach', 'secure', 'recognise'] : ['find', 'reach', 'recognise'],
    );
    channel.close(1000, 'Done.');
    await channel.closed;
    await peer.allClosed();
  });

  test('is called over HTTP batch when it has no WebSocket', async () => {
    const { server, requests } = createPythonPeer('Alice', { webSocket: false });
    const peer = await started(startTcp(server));
    const found = await dialTest({ port: peer.port }).dialled;
    if (found.type !== 'batch') throw new Error('Found a channel.');
    expect(await found.batch.call('greet', [])).toBe("Hello! I'm Alice.");
    expect(await found.batch.call('chat', ['Hi Alice!'])).toBe(
      'Alice says: Thanks for the message #1!',
    );
    expect(await found.batch.call('get_stats', [])).toEqual({
      name: 'Alice',
      messages_received: 1,
    });
    expect(requests.filter((body) => body.includes('chat'))).toEqual([
      '["push",["pipeline",0,["chat"],["Hi Alice!"]]]\n["pull",1]',
    ]);
    await peer.allClosed();
  });

  test('gets no Origin header, which would make us look like a web page', async () => {
    const origins: unknown[] = [];
    const { server } = createPythonPeer('Alice', { webSocket: true });
    server.on('upgrade', (request) => origins.push(request.headers.origin));
    const peer = await started(startTcp(server));
    const channel = await channelFrom(dialTest({ port: peer.port, scheme: 'plain' }));
    channel.close(1000, 'Done.');
    await channel.closed;
    expect(origins).toEqual([undefined]);
  });
});

describe('a server that is not a peer is identified as such', () => {
  const page = '<!doctype html><title>Shop</title>["resolve", 1, "bait"]';

  test.each([
    ['a web server without our paths', 404, ''],
    ['a web server that answers everything with a page', 200, page],
    ['a web server that redirects everything', 302, ''],
    ['a web server that answers with an empty page', 200, ''],
    ['a web server that answers JSON that is not ours', 200, '["resolve", 2, "x"]'],
    ['a web server with an internal error', 500, 'Internal Server Error'],
  ])('%s', async (_name, status, body) => {
    const server = createHttp((_request, response) => {
      response.writeHead(status, status === 302 ? { location: '/login' } : {});
      response.end(body);
    });
    const web = await started(startTcp(server));
    expect(await problemFrom(dialTest({ port: web.port }).dialled)).toMatchObject({
      code: 'not-a-peer',
      params: { host: '127.0.0.1', port: web.port },
    });
    await web.allClosed();
  });

  test('an invalid answer to the WebSocket handshake', async () => {
    const server = createHttp().on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    });
    const web = await started(startTcp(server));
    const problem = await problemFrom(dialTest({ port: web.port, scheme: 'plain' }).dialled);
    expect(problem.code).toBe('not-a-peer');
    await web.allClosed();
  });

  test('a server that closes the connection at once', async () => {
    const server = await started(startTcp(createTcp((socket) => socket.destroy())));
    expect((await problemFrom(dialTest({ port: server.port }).dialled)).code).toBe('not-a-peer');
    await server.allClosed();
  });

  test('a server that sends first, in another protocol', async () => {
    const server = await started(
      startTcp(createTcp((socket) => socket.resume().write('SSH-2.0-OpenSSH_9.9\r\n'))),
    );
    expect((await problemFrom(dialTest({ port: server.port }).dialled)).code).toBe('not-a-peer');
    await server.allClosed();
  });
});

describe('a peer that refuses us', () => {
  test.each([
    [400, 'call-refused'],
    [401, 'call-refused'],
    [403, 'call-refused'],
    [429, 'peer-busy'],
    [503, 'peer-busy'],
  ])('gives the reason with status %i', async (status, code) => {
    const server = createHttp((_request, response) => response.writeHead(status).end('No.'));
    const peer = await started(startTcp(server));
    const problem = await problemFrom(dialTest({ port: peer.port, scheme: 'plain' }).dialled);
    expect(problem).toMatchObject({ code, params: { status, reasonCode: 'answer-status' } });
    await peer.allClosed();
  });

  test.each([
    ['its status line', 'Only on Sundays.', {}, 'ignored'],
    [
      'a body of text',
      undefined,
      { 'content-type': 'text/plain; charset=utf-8' },
      'Only on Sundays.\n',
    ],
    [
      'a text with control characters',
      undefined,
      { 'content-type': 'text/plain' },
      '\u001b[31mOnly\r\non\u202e Sundays.',
    ],
  ])('has its own reason shown: %s', async (_name, phrase, headers, body) => {
    const server = createHttp((_request, response) => {
      response.writeHead(403, phrase, headers).end(body);
    });
    const peer = await started(startTcp(server));
    const { code, params } = await problemFrom(
      dialTest({ port: peer.port, scheme: 'plain' }).dialled,
    );
    expect(code).toBe('call-refused');
    expect(String(params['reason']).replace('[31m', '').trim()).toBe('Only on Sundays.');
    expect(params).not.toHaveProperty('reasonCode');
  });

  test('can neither fill memory nor delay us with its reason', async () => {
    const server = createHttp((_request, response) => {
      response.writeHead(403, { 'content-type': 'text/plain' });
      response.write('No. '.repeat(10_000));
    });
    const peer = await started(startTcp(server));
    const { params } = await problemFrom(dialTest({ port: peer.port, scheme: 'plain' }).dialled);
    expect(String(params['reason']).length).toBeLessThanOrEqual(300);
    await peer.allClosed();
  });
});

describe('a server that never answers', () => {
  test('times out, and no connection to it stays', async () => {
    const server = await started(startRecording(() => {}));
    const timeouts = { silence: 50, recognise: 100 };
    const attempt = dialTest({ port: server.port }, {}, { timeouts });
    expect(await problemFrom(attempt.dialled)).toMatchObject({
      code: 'timed-out',
      params: { host: '127.0.0.1', port: server.port },
    });
    expect(server.accepted()).toBe(2);
    await server.allClosed();
  });

  test('cannot extend the timeout by sending one header line after another', async () => {
    const server = createTcp((socket) => {
      socket.resume().write('HTTP/1.1 101 Switching Protocols\r\n');
      const timer = setInterval(() => socket.write('X-Wait: more\r\n'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    const slow = await started(startTcp(server));
    const timeouts = { recognise: 150 };
    const attempt = dialTest({ port: slow.port, scheme: 'plain' }, {}, { timeouts });
    expect((await problemFrom(attempt.dialled)).code).toBe('timed-out');
    await slow.allClosed();
  });
});

describe('a server that only sends informational responses', () => {
  test.each([
    ['to a WebSocket', ''],
    ['to a batch', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'],
  ])('is given up on after some of them, %s', async (_what, first) => {
    let requests = 0;
    const server = createTcp((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => {
        requests += 1;
        if (requests === 1 && first !== '') socket.end(first);
        else socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(500));
      });
    });
    const peer = await started(startTcp(server));
    const found = await problemFrom(dialTest({ port: peer.port, scheme: 'plain' }).dialled);
    // And not when its time is over.
    expect(found.code).toBe('not-a-peer');
    await peer.allClosed();
  });
});
