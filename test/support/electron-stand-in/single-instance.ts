import { spawnSync } from 'node:child_process';
import { openSync, readFileSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WAIT_TIMEOUT_MS } from '../basics/timeouts.ts';

interface Holder {
  readonly pid: number;
  /** Where the holder listens for later launches; absent for its first few milliseconds. */
  readonly port?: number;
}

/** What a later launch tells the first. */
export interface SecondLaunch {
  readonly argv: readonly string[];
  readonly additionalData: unknown;
}

/**
 * The lock of `requestSingleInstanceLock`: a file in `folder` that names the living process which
 * holds it. Taking it is synchronous, as in Electron. `onSecond` hears of launches that came later.
 */
export function lockInstance(
  folder: string,
  launch: SecondLaunch,
  onSecond: (second: SecondLaunch) => void,
): boolean {
  const file = join(folder, 'stand-in.lock');
  for (;;) {
    if (create(file)) {
      listen(file, onSecond);
      process.once('exit', () => unlinkSync(file));
      return true;
    }
    const holder = read(file);
    if (holder !== null && isAlive(holder.pid)) {
      notify(file, launch);
      return false;
    }
    if (holder !== null) unlinkSync(file);
  }
}

function create(file: string): boolean {
  try {
    writeSync(openSync(file, 'wx'), JSON.stringify({ pid: process.pid }));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Who holds the lock; null when nobody does or the holder is just writing its name. */
function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function listen(file: string, onSecond: (second: SecondLaunch) => void): void {
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => {
      onSecond(JSON.parse(text) as SecondLaunch);
      socket.end();
    });
  });
  server.unref();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, port }));
    renameSync(`${file}.new`, file);
  });
}

/** Tells the holder and waits until it has heard: hence a process that may wait. */
function notify(file: string, launch: SecondLaunch): void {
  const { status, stderr } = spawnSync(process.execPath, [import.meta.filename, file], {
    input: JSON.stringify(launch),
    encoding: 'utf8',
    timeout: WAIT_TIMEOUT_MS,
  });
  if (status !== 0) throw new Error(`The first instance could not be told: ${stderr}`);
}

/** The waiting process's part. */
async function deliver(file: string): Promise<void> {
  const { connect } = await import('node:net');
  const text = readFileSync(0, 'utf8');
  let port = read(file)?.port;
  while (port === undefined) {
    await sleep(20);
    port = read(file)?.port;
  }
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(text);
  socket.resume();
  await new Promise((resolve, reject) => {
    socket.once('end', resolve);
    socket.once('error', reject);
  });
}

if (import.meta.main) await deliver(process.argv[2] ?? '');
