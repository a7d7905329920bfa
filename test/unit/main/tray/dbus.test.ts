import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { busPath, hasTrayHost } from '../../../../src/main/tray/dbus.ts';
import {
  BUS_ANSWERS,
  busAddress,
  busPlace,
  playTrayHost,
} from '../../../support/electron-stand-in/session-bus.ts';

const { hello, nameAcquired, host, noWatcher } = BUS_ANSWERS;
/** The same answer, but there is no host. */
const noHost = host.replace(/01000000$/, '00000000');

const ask = (address: string, timeoutMs = 5_000): Promise<boolean> =>
  hasTrayHost({ DBUS_SESSION_BUS_ADDRESS: address }, 1000, timeoutMs);

/** A bus that does as told with each connection. */
async function bus(onConnection: (socket: Socket) => void): Promise<string> {
  const path = busPlace();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((listening) => server.listen(path, listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return busAddress(path);
}

describe('the tray host of a Linux desktop', () => {
  test.each([
    ['is present when one is registered', [hello, nameAcquired, host], true],
    ['is present also without extra messages of the bus', [hello, host], true],
    ['is absent when none is registered', [hello, nameAcquired, noHost], false],
    ['is absent without a watcher', [hello, nameAcquired, noWatcher], false],
  ] as const)('%s', async (_name, answers, expected) => {
    expect(await ask(await playTrayHost(answers))).toBe(expected);
  });

  test('is recognised however its answers are split into chunks', async () => {
    const address = await bus((socket) => {
      socket.once('data', () => {
        const all = Buffer.from(hello + nameAcquired + host, 'hex');
        const whole = Buffer.concat([Buffer.from('OK 00\r\n'), all]);
        const next = (at: number): void => {
          if (at >= whole.length || socket.destroyed) return;
          socket.write(whole.subarray(at, at + 1), () => setImmediate(next, at + 1));
        };
        next(0);
      });
    });
    expect(await ask(address)).toBe(true);
  });

  test('is queried under our bus name, without starting a service', async () => {
    const received: Buffer[] = [];
    const address = await bus((socket) => {
      socket.once('data', (first) => {
        received.push(first);
        socket.write('OK 00\r\n');
        socket.on('data', (more) => {
          received.push(more);
          if (Buffer.concat(received).includes('HostRegistered\0')) socket.end();
        });
      });
    });
    await ask(address);
    const text = Buffer.concat(received).toString('latin1');
    const uid = Buffer.from('1000').toString('hex');
    expect(text.startsWith(`\0AUTH EXTERNAL ${uid}\r\nBEGIN\r\nl\x01\x02\x01`)).toBe(true);
    expect(text).toContain('Hello\0');
    expect(text).toContain('/StatusNotifierWatcher\0');
  });

  test.each([
    ['rejects our authentication', 'REJECTED EXTERNAL\r\n'],
    ['is another kind of server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['sends an invalid message', `OK 00\r\n${'x'.repeat(500)}`],
    ['sends without end', 'y'.repeat(200_000)],
  ])('is absent when the bus %s', async (_name, text) => {
    const address = await bus((socket) => socket.once('data', () => socket.write(text)));
    expect(await ask(address, 1_000)).toBe(false);
  });

  test('is absent without a bus, or when the bus does not answer', async () => {
    expect(await ask('unix:path=/nowhere/at/all')).toBe(false);
    expect(await hasTrayHost({}, 1000, 5_000)).toBe(false);
    const silent = await bus(() => undefined);
    expect(await ask(silent, 50)).toBe(false);
  });
});

describe('the address of the session bus', () => {
  test.each([
    ['unix:path=/run/user/1000/bus', '/run/user/1000/bus'],
    ['unix:path=/tmp/a%20b,guid=00ff', '/tmp/a b'],
    ['unix:abstract=/tmp/dbus-x,guid=00', '\0/tmp/dbus-x'],
    ['tcp:host=localhost,port=1;unix:guid=1,path=/tmp/second', '/tmp/second'],
    ['unix:path=%zz', '/run/me/bus'],
    ['tcp:host=localhost', '/run/me/bus'],
    [undefined, '/run/me/bus'],
  ])('%j is at %j', (DBUS_SESSION_BUS_ADDRESS, path) => {
    expect(busPath({ DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR: '/run/me' })).toBe(path);
  });

  test('may be missing', () => {
    expect(busPath({})).toBeNull();
  });
});
