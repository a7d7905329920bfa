import { connect, type Socket } from 'node:net';

/**
 * Variables that locate the user's session bus:
 * https://dbus.freedesktop.org/doc/dbus-specification.html
 */
export interface BusEnvironment {
  readonly DBUS_SESSION_BUS_ADDRESS?: string | undefined;
  readonly XDG_RUNTIME_DIR?: string | undefined;
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
const NO_AUTO_START = 2;
const METHOD_CALL = 1;
const METHOD_RETURN = 2;
const ERROR = 3;
/** A reply to either of our calls is far smaller. Bytes. */
const MAX_REPLY = 64 * 1024;

/**
 * Whether a Linux desktop shows tray icons now: whether a host for them has registered with the
 * watcher of the StatusNotifierItem specification, which Electron's `Tray` uses. Electron itself
 * does not report it. Never rejects; without an answer within `timeoutMs` milliseconds, false.
 */
export async function hasTrayHost(
  env: BusEnvironment,
  uid: number,
  timeoutMs: number,
): Promise<boolean> {
  const path = busPath(env);
  if (path === null) return false;
  const socket = connect(path);
  socket.setTimeout(timeoutMs, () => socket.destroy());
  // Not extended by partial answers.
  const late = setTimeout(() => socket.destroy(), timeoutMs);
  try {
    return await ask(socket, uid);
  } catch {
    return false;
  } finally {
    clearTimeout(late);
    socket.destroy();
  }
}

/** The socket of a bus address; an abstract one begins with a zero byte, as in Node. */
export function busPath({
  DBUS_SESSION_BUS_ADDRESS,
  XDG_RUNTIME_DIR,
}: BusEnvironment): string | null {
  for (const address of (DBUS_SESSION_BUS_ADDRESS ?? '').split(';')) {
    const [, kind, value = ''] = /^unix:(?:[^,]*,)*?(path|abstract)=([^,]+)/.exec(address) ?? [];
    if (kind === undefined) continue;
    try {
      return `${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(value)}`;
    } catch {}
  }
  return XDG_RUNTIME_DIR ? `${XDG_RUNTIME_DIR}/bus` : null;
}

async function ask(socket: Socket, uid: number): Promise<boolean> {
  const name = Buffer.from(String(uid)).toString('hex');
  socket.write(`\0AUTH EXTERNAL ${name}\r\n`);
  let received: Buffer = Buffer.alloc(0);
  let authenticated = false;
  let replies = 0;
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer]);
    if (received.length > MAX_REPLY) return false;
    if (!authenticated) {
      const end = received.indexOf('\r\n');
      if (end < 0) continue;
      if (!received.subarray(0, end).toString('latin1').startsWith('OK ')) return false;
      received = received.subarray(end + 2);
      authenticated = true;
      socket.write('BEGIN\r\n');
      socket.write(Buffer.concat([hello(), isHostRegistered()]));
    }
    for (;;) {
      const message = firstMessage(received);
      if (message === null) break;
      received = received.subarray(message.size);
      if (message.type !== METHOD_RETURN && message.type !== ERROR) continue;
      replies += 1;
      // The bus answers in call order: the first reply is to `Hello`.
      if (replies === 2) return message.type === METHOD_RETURN && isTrue(message.body);
    }
  }
  return false;
}

interface Received {
  readonly type: number;
  readonly body: Buffer;
  /** Of the whole message, in bytes. */
  readonly size: number;
}

function firstMessage(bytes: Buffer): Received | null {
  if (bytes.length < 16) return null;
  const little = bytes[0] === 0x6c;
  const number = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const start = aligned(16 + number(12), 8);
  const size = start + number(4);
  if (size > MAX_REPLY) throw new Error('A message of the session bus is too long.');
  if (bytes.length < size) return null;
  return { type: bytes[1] ?? 0, body: bytes.subarray(start, size), size };
}

/** A variant that holds a boolean, which takes four bytes, in either order. */
function isTrue(body: Buffer): boolean {
  return body.length >= 8 && body.toString('latin1', 0, 3) === '\x01b\0' && body.includes(1, 4);
}

const hello = (): Buffer =>
  call(1, 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'Hello', []);

const isHostRegistered = (): Buffer =>
  call(2, WATCHER, '/StatusNotifierWatcher', 'org.freedesktop.DBus.Properties', 'Get', [
    WATCHER,
    'IsStatusNotifierHostRegistered',
  ]);

/** The bytes of a method call whose arguments are strings. */
function call(
  serial: number,
  destination: string,
  path: string,
  face: string,
  member: string,
  args: readonly string[],
): Buffer {
  const body = args.reduce<Buffer>((bytes, arg) => withString(bytes, arg), Buffer.alloc(0));
  let fields: Buffer = Buffer.alloc(0);
  const field = (code: number, type: string, value: string): void => {
    fields = Buffer.concat([padded(fields, 8), Buffer.from([code, 1]), Buffer.from(`${type}\0`)]);
    fields =
      type === 'g'
        ? Buffer.concat([fields, Buffer.from([value.length]), Buffer.from(`${value}\0`)])
        : withString(fields, value);
  };
  field(1, 'o', path);
  field(2, 's', face);
  field(3, 's', member);
  field(6, 's', destination);
  if (args.length > 0) field(8, 'g', 's'.repeat(args.length));
  const head = Buffer.alloc(16);
  head.write('l');
  head.set([METHOD_CALL, NO_AUTO_START, 1], 1);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(fields.length, 12);
  return Buffer.concat([padded(Buffer.concat([head, fields]), 8), body]);
}

function withString(bytes: Buffer, text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(text));
  return Buffer.concat([padded(bytes, 4), length, Buffer.from(`${text}\0`)]);
}

function padded(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length, to) - bytes.length)]);
}

function aligned(length: number, to: number): number {
  return Math.ceil(length / to) * to;
}
