import type { World } from '../../../src/core/base/world.ts';
import type { Probe } from '../../../src/core/doctor/probe.ts';
import type {
  BatchEndpoint,
  Channel,
  Dial,
  InboundHandler,
  Listen,
} from '../../../src/core/protocol/channel.ts';
import type { PeerAddress } from '../../../src/shared/address/address.ts';
import type { Identity } from '../../../src/shared/model/model.ts';
import { ProblemError, problem } from '../../../src/shared/problems/problem.ts';
import { type Cuttable, type End, memoryChannelPair, type Wire } from './memory-channel.ts';

interface Listening {
  readonly identity: Identity | null;
  readonly handler: InboundHandler;
}

interface MemoryHost {
  readonly dial: Dial;
  readonly listen: Listen;
  readonly probe: Probe;
}

interface Line {
  readonly ends: readonly [Channel & Cuttable, Channel & Cuttable];
  readonly hosts: readonly [string, string];
}

/** A network of one process: hosts by name, no latency, lines that a test can cut or mute. */
export class MemoryNetwork {
  readonly #world: World;
  readonly #listening = new Map<string, Listening>();
  readonly #lines = new Set<Line>();
  #nextPort = 50_000;
  /** What may happen to messages on new lines, by the direction of travel. */
  wireFor: ((from: string, to: string) => Wire) | null = null;
  /** When set, every dial waits for it. */
  beforeDial: ((from: string, to: string) => Promise<void>) | null = null;
  /** Peers that speak HTTP batch only, by host. */
  readonly batches = new Map<string, BatchEndpoint>();
  /** How many lines were ever made. */
  dialled = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** The network as one host sees it. */
  host(name: string, identity: Identity | null): MemoryHost {
    return {
      dial: this.#dialFrom(name, identity),
      listen: this.#listenAt(name, identity),
      probe: this.#probeFrom(name),
    };
  }

  /** Lines that are open at both ends. */
  get lines(): number {
    return this.#lines.size;
  }

  /** Makes the peer at a host answer at another one too. */
  alias(host: string, other: string): void {
    const listening = this.#listening.get(`${host}:8080`);
    if (!listening) throw new Error(`nobody listens at ${host}`);
    this.#listening.set(`${other}:8080`, listening);
  }

  /** Takes an address away from whoever has it; lines that are up stay. */
  gone(host: string): void {
    this.#listening.delete(`${host}:8080`);
  }

  /** Whom the peer at a host would answer. */
  admits(host: string): InboundHandler['admits'] {
    const listening = this.#listening.get(`${host}:8080`);
    if (!listening) throw new Error(`nobody listens at ${host}`);
    return listening.handler.admits;
  }

  /** Breaks every line between two hosts, as a pulled cable does. */
  cut(a: string, b: string): void {
    for (const { ends, hosts } of this.#lines) {
      if (hosts.includes(a) && hosts.includes(b)) for (const end of ends) end.cut();
    }
  }

  #listenAt(host: string, identity: Identity | null): Listen {
    return async ({ port }, handler) => {
      const key = `${host}:${port}`;
      if (this.#listening.has(key)) {
        throw new ProblemError(problem('port-in-use', { port, owner: 'another program' }));
      }
      const own = { identity, handler };
      this.#listening.set(key, own);
      return {
        host,
        port,
        close: async () => {
          if (this.#listening.get(key) === own) this.#listening.delete(key);
        },
      };
    };
  }

  #probeFrom(from: string): Probe {
    const at = ({ host, port }: PeerAddress): Listening => {
      const target = this.#listening.get(`${host}:${port}`);
      if (!target) throw new ProblemError(problem('refused', { host, port }));
      return target;
    };
    return {
      find: async ({ host }) => [{ address: host, family: 4 }],
      knock: async (address) => {
        at(address);
        return from;
      },
      secure: async (address) => {
        const { identity } = at(address);
        return identity === null ? { type: 'plain', reason: 'not-tls' } : { type: 'tls', identity };
      },
    };
  }

  #dialFrom(from: string, identity: Identity | null): Dial {
    return async ({ host, port }, { expectIdentity, contactName, onStep, signal }) => {
      for (const step of ['find', 'reach', 'secure', 'recognise'] as const) onStep(step);
      await this.beforeDial?.(from, host);
      await Promise.resolve();
      signal.throwIfAborted();
      const batch = this.batches.get(host);
      if (batch && expectIdentity !== null) {
        const params = { name: contactName, address: `${host}:${port}` };
        throw new ProblemError(problem('plain-refused', params));
      }
      if (batch) return { type: 'batch', batch };
      const target = this.#listening.get(`${host}:${port}`);
      if (!target) throw new ProblemError(problem('refused', { host, port }));
      if (expectIdentity !== null && target.identity !== expectIdentity) {
        const address = `${host}:${port}`;
        const found = target.identity ?? '';
        throw new ProblemError(problem('identity-changed', { address, name: contactName, found }));
      }
      this.dialled += 1;
      this.#nextPort += 1;
      // Without an identity at the far end there is no encryption, so ours is not shown either.
      const shown = target.identity === null ? null : identity;
      const dialler: End = { identity: shown, host: from, port: this.#nextPort };
      const listener: End = { identity: target.identity, host, port };
      const wires = this.wireFor
        ? { there: this.wireFor(from, host), back: this.wireFor(host, from) }
        : {};
      const ends = memoryChannelPair(dialler, listener, this.#world, wires);
      const line: Line = { ends, hosts: [from, host] };
      this.#lines.add(line);
      for (const end of ends) void end.closed.then(() => this.#lines.delete(line));
      target.handler.onChannel(ends[1]);
      return { type: 'channel', channel: ends[0] };
    };
  }
}
