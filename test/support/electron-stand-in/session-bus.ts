import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

// A session bus as a desktop with a tray has it, for the two calls by which an app on Linux finds
// out. What it answers was recorded from dbus-daemon 1.14 and a watcher behind it.

/** Whole messages, in hexadecimal. */
export const BUS_ANSWERS = {
  /** To `Hello`: the connection's name. */
  hello:
    '6c02010109000000010000003d00000006017300040000003a312e31000000000501750001000000080167000173' +
    '000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e3100',
  /** A signal that nobody asked for. */
  nameAcquired:
    '6c04010109000000020000008d00000001016f00150000002f6f72672f667265656465736b746f702f4442757300' +
    '000002017300140000006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d65' +
    '41637175697265640000000006017300040000003a312e3100000000080167000173000007017300140000006f72' +
    '672e667265656465736b746f702e4442757300000000040000003a312e3100',
  /** To the question: yes, there is a host of tray icons. */
  host:
    '6c02000108000000070000002d000000050175000200000006017300040000003a312e3100000000080167000176' +
    '000007017300040000003a312e30000000000162000001000000',
  /** To the question, when there is nobody to be asked. */
  noWatcher:
    '6c03010138000000030000007500000006017300040000003a312e320000000004017300290000006f72672e6672' +
    '65656465736b746f702e444275732e4572726f722e4e616d654861734e6f4f776e65720000000000000005017500' +
    '02000000080167000173000007017300140000006f72672e667265656465736b746f702e44427573000000003300' +
    '00004e616d6520226f72672e6b64652e5374617475734e6f746966696572576174636865722220646f6573206e6f' +
    '7420657869737400',
} as const;

const { hello, nameAcquired, host } = BUS_ANSWERS;

/** Starts it; answers its address. It ends with the process. */
export async function playTrayHost(
  answers: readonly string[] = [hello, nameAcquired, host],
): Promise<string> {
  const path = busPlace();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      if (!/^\0AUTH EXTERNAL [0-9a-f]+\r\n$/.test(first.toString('latin1'))) {
        socket.end('REJECTED EXTERNAL\r\n');
        return;
      }
      socket.write('OK 0123456789abcdef0123456789abcdef\r\n');
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        const asked = text.startsWith('BEGIN\r\n') && text.includes('HostRegistered\0');
        if (!asked) return;
        text = '';
        for (const answer of answers) socket.write(Buffer.from(answer, 'hex'));
      });
    });
  });
  server.unref();
  await new Promise<void>((listening) => server.listen(path, listening));
  return busAddress(path);
}

/** Where a bus of a test can listen, until the process ends. */
export function busPlace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-bus-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // On Windows, sockets have their own place.
  return process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 'bus');
}

/** A bus's address, as D-Bus writes it. */
export function busAddress(path: string): string {
  return `unix:path=${encodeURIComponent(path).replaceAll('%2F', '/')}`;
}
