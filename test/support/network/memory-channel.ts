import type { World } from '../../../src/core/base/world.ts';
import type { CallGuard } from '../../../src/core/protocol/call-guard.ts';
import type { Channel, ChannelEnd } from '../../../src/core/protocol/channel.ts';
import type { Identity } from '../../../src/shared/model/model.ts';

/** One direction of a memory channel: what happens to a message on its way. */
export interface Wire {
  /** Hands `message` on, now, later, or never. */
  carry(message: unknown, arrive: (message: unknown) => void): void;
}

const straight: Wire = { carry: (message, arrive) => arrive(message) };

export interface End {
  readonly identity: Identity | null;
  readonly host: string;
  readonly port: number;
}

/** Two channels joined by two wires, as a WebSocket joins two processes. */
export function memoryChannelPair(
  dialler: End,
  listener: End,
  world: World,
  wires: { readonly there?: Wire; readonly back?: Wire } = {},
): readonly [Channel & Cuttable, Channel & Cuttable] {
  const here = new MemoryChannel(listener, world, wires.there ?? straight);
  const there = new MemoryChannel(dialler, world, wires.back ?? straight);
  here.join(there);
  there.join(here);
  return [here, there];
}

export interface Cuttable {
  /** Breaks this end as a lost connection does; the other end learns nothing by it. */
  readonly cut: () => void;
}

class MemoryChannel implements Channel, Cuttable {
  readonly identity: Identity | null;
  readonly secure: boolean;
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly closed: Promise<ChannelEnd>;
  readonly meter: CallGuard = (call) => call();
  readonly #world: World;
  readonly #wire: Wire;
  readonly #queue: unknown[] = [];
  readonly #settleClosed: (end: ChannelEnd) => void;
  #other: MemoryChannel | null = null;
  #end: ChannelEnd | null = null;
  #waiting: { resolve: (message: unknown) => void; reject: (error: Error) => void } | null = null;
  #pongs: (() => void)[] = [];

  constructor(remote: End, world: World, wire: Wire) {
    this.identity = remote.identity;
    this.secure = remote.identity !== null;
    this.remoteHost = remote.host;
    this.remotePort = remote.port;
    this.#world = world;
    this.#wire = wire;
    const { promise, resolve } = Promise.withResolvers<ChannelEnd>();
    this.closed = promise;
    this.#settleClosed = resolve;
  }

  join(other: MemoryChannel): void {
    this.#other = other;
  }

  readonly transport = {
    encodingLevel: 'jsonCompatible' as const,
    send: (message: unknown): void => {
      if (this.#end) throw new Error('closed');
      // Text in between, as on a real wire: neither side can reach into the other's objects.
      this.#carry({ type: 'message', text: JSON.stringify(message) });
    },
    receive: (): Promise<unknown> => {
      if (this.#queue.length > 0) return Promise.resolve(this.#queue.shift());
      if (this.#end) return Promise.reject(new Error(this.#end.reason));
      return new Promise((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
    },
    abort: (reason: unknown): void => this.close(3000, String(reason)),
  };

  readonly ping = (timeoutMs: number): Promise<void> => {
    if (this.#end) return Promise.reject(new Error('closed'));
    return new Promise((resolve, reject) => {
      const cancel = this.#world.after(timeoutMs, () => reject(new Error('no pong')));
      this.#pongs.push(() => {
        cancel();
        resolve();
      });
      void this.closed.then(() => reject(new Error('closed')));
      this.#carry({ type: 'ping' });
    });
  };

  readonly close = (code: number, reason: string): void => {
    if (this.#end) return;
    this.#carry({ type: 'close', code, reason });
    this.#finish({ code, reason });
  };

  readonly cut = (): void => this.#finish({ code: 1006, reason: 'cut' });

  #carry(parcel: Parcel): void {
    this.#wire.carry(parcel, (arrived) => this.#other?.arrive(arrived as Parcel));
  }

  arrive(parcel: Parcel): void {
    if (this.#end) return;
    if (parcel.type === 'ping') this.#carry({ type: 'pong' });
    else if (parcel.type === 'pong') this.#pongs.shift()?.();
    else if (parcel.type === 'close') this.#finish(parcel);
    else this.#receive(JSON.parse(parcel.text));
  }

  #receive(message: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting.resolve(message);
    else this.#queue.push(message);
  }

  #finish({ code, reason }: ChannelEnd): void {
    if (this.#end) return;
    this.#end = { code, reason };
    this.#waiting?.reject(new Error(reason));
    this.#waiting = null;
    this.#settleClosed(this.#end);
  }
}

type Parcel =
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }
  | { readonly type: 'close'; readonly code: number; readonly reason: string };
