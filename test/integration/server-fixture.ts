import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { RpcSession, RpcTarget } from 'capnweb';
import { afterEach, expect } from 'vitest';
import { WebSocket } from 'ws';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { createListen, type ListenDeps } from '../../src/core/net/listen/server.ts';
import type { CallGuard } from '../../src/core/protocol/call-guard.ts';
import type { Caller, Channel, Listener } from '../../src/core/protocol/channel.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/shared/model/limits.ts';
import type { Identity } from '../../src/shared/model/model.ts';

/** The open contract as the core offers it, each call metered. */
export class Alice extends RpcTarget {
  readonly #meter: CallGuard;
  readonly #hold: Promise<unknown>;
  readonly #received: string[];

  readonly #onDisposed: () => void;

  constructor(
    meter: CallGuard,
    received: string[],
    hold: Promise<unknown>,
    onDisposed: () => void,
  ) {
    super();
    this.#onDisposed = onDisposed;
    this.#meter = meter;
    this.#received = received;
    this.#hold = hold;
  }

  [Symbol.dispose](): void {
    this.#onDisposed();
  }

  get name(): string {
    return 'Alice';
  }

  greet(): Promise<string> {
    return this.#meter(async () => "Hello! I'm Alice.");
  }

  chat(message: unknown): Promise<string> {
    return this.#meter(async () => {
      this.#received.push(String(message));
      return `Alice says: Thanks for the message #${this.#received.length}!`;
    });
  }

  get_stats(): Promise<{ name: string; messages_received: number }> {
    return this.#meter(async () => ({
      name: 'Alice',
      messages_received: this.#received.length,
    }));
  }

  /** Not part of the contract: ends when the test says so. */
  hold(): Promise<string> {
    return this.#meter(async () => {
      await this.#hold;
      return 'held';
    });
  }

  /** Not part of the contract: a long answer. */
  long(): string {
    return 'x'.repeat(100_000);
  }

  /** Not part of the contract: fails. */
  fail(): never {
    throw new Error('as asked');
  }
}

export interface TestServer {
  readonly port: number;
  readonly listener: Listener;
  readonly channels: Channel[];
  readonly callers: Caller[];
  readonly received: string[];
  readonly unexpected: unknown[];
  readonly release: () => void;
  /** How many root capabilities have been let go of. */
  readonly disposed: () => number;
}

const cleanups: (() => unknown)[] = [];

/** Runs after the test, last registered first. */
export function cleanup(task: () => unknown): void {
  cleanups.push(task);
}

afterEach(async () => {
  for (const task of cleanups.splice(0).reverse()) await task();
});

export interface ServerOptions {
  readonly limits?: Partial<Limits>;
  readonly host?: string;
  readonly deps?: Partial<ListenDeps>;
  /** Which identities are contacts; all unless given. */
  readonly knows?: (identity: Identity) => boolean;
}

/** A server on a free port of 127.0.0.1 that closes after the test. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const channels: Channel[] = [];
  const callers: Caller[] = [];
  const received: string[] = [];
  const unexpected: unknown[] = [];
  const held = Promise.withResolvers<void>();
  let disposals = 0;
  const newRoot = ({ meter }: Pick<Caller, 'meter'>) =>
    new Alice(meter, received, held.promise, () => {
      disposals += 1;
    });
  const listen = createListen({
    world: systemWorld,
    limits,
    tls: null,
    machineNames: ['alices-box'],
    allowedHostNames: ['Chat.Example.org'],
    onUnexpected: (error) => unexpected.push(error),
    ...options.deps,
  });
  const listener = await listen(
    { host: options.host ?? '127.0.0.1', port: 0, searchPort: false },
    {
      admits: () => true,
      ...(options.knows && { knows: options.knows }),
      batchMain: (caller) => {
        callers.push(caller);
        return newRoot(caller);
      },
      onChannel: (channel) => {
        channels.push(channel);
        new RpcSession(channel.transport, newRoot(channel));
      },
    },
  );
  cleanup(async () => {
    held.resolve();
    await listener.close();
    expect(unexpected).toEqual([]);
  });
  const { port } = listener;
  const release = held.resolve;
  const disposed = () => disposals;
  return { port, listener, channels, callers, received, unexpected, release, disposed };
}

/** A stock capnweb client's view of the server. */
export interface AliceClient {
  readonly name: Promise<string>;
  greet(): Promise<string>;
  chat(message: unknown): Promise<string>;
  get_stats(): Promise<{ name: string; messages_received: number }>;
  hold(): Promise<string>;
  long(): Promise<string>;
  fail(): Promise<never>;
}

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One HTTP request, exactly as described. */
export function ask(
  port: number,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Uint8Array;
  } = {},
): Promise<Answer> {
  const { method = 'POST', path = '/rpc/batch', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? '',
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.end(body);
  });
}

export interface RawSocket {
  readonly socket: Socket;
  /** All that was received until the other side ended or cut the connection. */
  readonly ended: Promise<string>;
}

/** A bare TCP connection that closes after the test. */
export async function openRaw(port: number, localAddress = '127.0.0.1'): Promise<RawSocket> {
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  cleanup(() => socket.destroy());
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  const ended = new Promise<string>((resolve) => {
    socket.once('end', () => resolve(text));
    socket.once('close', () => resolve(text));
  });
  socket.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return { socket, ended };
}

export interface RawWebSocket {
  readonly socket: WebSocket;
  /** Frames received, in order. */
  readonly frames: string[];
  /** The next `count` frames from the first on. */
  readonly framesUpTo: (count: number) => Promise<string[]>;
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** A WebSocket that sends what it is told and records what comes back. */
export async function openWebSocket(url: string, options = {}): Promise<RawWebSocket> {
  const socket = new WebSocket(url, options);
  cleanup(() => socket.terminate());
  const frames: string[] = [];
  const waiting: { count: number; resolve: (frames: string[]) => void }[] = [];
  socket.on('message', (data) => {
    frames.push(data.toString());
    for (const { count, resolve } of waiting) if (frames.length >= count) resolve(frames);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const framesUpTo = (count: number) =>
    frames.length >= count
      ? Promise.resolve(frames)
      : new Promise<string[]>((resolve) => waiting.push({ count, resolve }));
  return { socket, frames, framesUpTo, closed };
}

/**
 * An honest peer that chats on a connection of its own while `attack` runs, and counts the answers
 * it got meanwhile. Fails when an answer is missing or wrong.
 */
export async function whileChatting<T>(server: TestServer, attack: () => Promise<T>): Promise<T> {
  const honest = await openWebSocket(`ws://127.0.0.1:${server.port}/rpc/ws`);
  let answers = 0;
  const chat = async () => {
    answers += 1;
    honest.socket.send(`["push",["pipeline",0,["greet"],[]]]\n["pull",${answers}]`);
    const frames = await honest.framesUpTo(answers);
    expect(frames[answers - 1]).toBe(`["resolve",${answers},"Hello! I'm Alice."]`);
  };
  await chat();
  let over = false;
  const attacking = attack().finally(() => {
    over = true;
  });
  // Handled here already: a failing attack must fail below, not as an unhandled rejection.
  attacking.catch(() => {});
  do await chat();
  while (!over && answers < 500);
  const result = await attacking;
  await chat();
  expect(answers).toBeGreaterThanOrEqual(3);
  return result;
}
