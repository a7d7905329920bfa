import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openPageSession } from '../support/browser/web-page.ts';
import { fakeData } from '../support/fake-bridge/fake-profile-data.ts';
import { fakePeerApp } from '../support/peers/fake-peer-app.ts';
import { startHost } from './web-host-fixture.ts';

/** Whatever it is addressed to: it is answered, if only with a no. */
const SHORT = 'GET / HTTP/1.1\r\nHost:1\r\n\r\n';

async function openRaw(port: number) {
  const socket = connect({ host: '127.0.0.1', port });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('a page is served while another program has thousands of requests on one connection', async () => {
  const { host } = await startHost();
  const hostile = await openRaw(host.port);
  let answered = 0;
  hostile.on('data', (chunk: Buffer) => {
    answered += chunk.toString('latin1').split('HTTP/1.1 ').length - 1;
  });
  hostile.write(SHORT.repeat(5_000));
  await once(hostile, 'data');
  const page = await openRaw(host.port);
  page.write(`GET / HTTP/1.1\r\nHost: ${host.host}\r\nConnection: close\r\n\r\n`);
  const [first] = (await once(page, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1\.1 200 /);
  // It did not have to wait for the others, which are answered too.
  expect(answered).toBeLessThan(2_500);
  while (answered < 5_000) await once(hostile, 'data');
});

test('programs that reconnect with as many requests as fit retain no memory', async () => {
  const { host } = await startHost();
  const many = Buffer.from(SHORT.repeat(2_520));
  const before = process.memoryUsage().rss;
  const come = async () => {
    for (let times = 0; times < 2; times += 1) {
      const socket = await openRaw(host.port);
      socket.write(many);
      await once(socket, 'data');
      socket.destroy();
      await once(socket, 'close');
    }
  };
  await Promise.all(Array.from({ length: 32 }, come));
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

test('a page is served while another program keeps taking every free connection', async () => {
  const { host } = await startHost();
  let over = false;
  const take = async () => {
    while (!over) {
      const socket = await openRaw(host.port);
      await once(socket, 'close');
    }
  };
  onTestFinished(() => {
    over = true;
  });
  for (let count = 0; count < 200; count += 1) void take().catch(() => {});
  const page = await openRaw(host.port);
  // One that knows our name keeps its place, whoever comes then.
  for (let times = 0; times < 3; times += 1) {
    page.write(`GET / HTTP/1.1\r\nHost: ${host.host}\r\n\r\n`);
    const [answer] = (await once(page, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
    const others = Array.from({ length: 150 }, () => openRaw(host.port));
    await Promise.all(others);
  }
  over = true;
});

test('an upload continues while a program that knows the page’s host name takes every connection', async () => {
  const begun = Promise.withResolvers<void>();
  const { host, origin } = await startHost(
    fakePeerApp(),
    fakeData({
      importAll: async (text) => {
        let messages = 0;
        for await (const _ of text) {
          messages += 1;
          begun.resolve();
        }
        return { contacts: 0, messages };
      },
    }),
  );
  const session = await openPageSession(host.newLink());
  const upload = request({
    port: host.port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/data/import',
    headers: {
      host: host.host,
      origin,
      cookie: session.cookie,
      authorization: `Bearer ${session.token}`,
    },
  });
  const answered = once(upload, 'response');
  upload.write('the first line\n');
  await begun.promise;
  for (let count = 0; count < 200; count += 1) {
    const other = await openRaw(host.port);
    other.write(`GET /new-link HTTP/1.1\r\nHost: ${host.host}\r\n\r\n`);
    await once(other, 'data');
  }
  upload.end('the last line\n');
  const [answer] = await answered;
  expect(answer.statusCode).toBe(200);
  answer.resume();
});

test('a request with an unknown Expect header is answered like any other', async () => {
  const { host } = await startHost();
  const socket = await openRaw(host.port);
  socket.write('GET / HTTP/1.1\r\nHost: evil.example\r\nExpect: x\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 /);
});
