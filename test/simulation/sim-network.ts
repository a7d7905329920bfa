import type { World } from '../../src/core/base/world.ts';
import type { Channel, Dial, InboundHandler, Listen } from '../../src/core/protocol/channel.ts';
import type { Identity } from '../../src/shared/model/model.ts';
import { ProblemError, problem } from '../../src/shared/problems/problem.ts';
import type { FakeWorld } from '../support/basics/fake-world.ts';
import { type Cuttable, memoryChannelPair, type Wire } from '../support/network/memory-channel.ts';
import type { Dice } from './dice.ts';

/** A process on the network, for one life. */
export interface Party {
  readonly node: string;
  readonly identity: Identity | null;
  readonly world: World;
  readonly alive: () => boolean;
  readonly onCall: () => void;
}

interface Line {
  readonly parties: readonly [Party, Party];
  readonly ends: readonly [Channel & Cuttable, Channel & Cuttable];
  /** Nothing gets through any more, and neither end is told. */
  dead: boolean;
  /** What a partition does to it: silence for good, or a wait until the network heals. */
  readonly survivesPartition: boolean;
}

interface Listening {
  readonly party: Party;
  readonly handler: InboundHandler;
}

/** How long a dial into silence takes to give up, milliseconds. */
const DIAL_TIMEOUT = 10_000;

/** A network with latency, partitions, half-open lines and hosts that move. */
export class SimNetwork {
  readonly #world: FakeWorld;
  readonly #dice: Dice;
  readonly #hosts = new Map<string, string>();
  readonly #listening = new Map<string, Listening>();
  readonly #lines = new Set<Line>();
  readonly #partitions = new Set<string>();
  /** Slowest one-way trip, milliseconds. */
  latency = 200;
  /** How often a line is stillborn: one side has it, the other never hears of it. */
  stillborn = 0;
  /** Set by a broken variant: dialling takes whoever answers for the one who is expected. */
  ignoresIdentity = false;

  constructor(world: FakeWorld, dice: Dice) {
    this.#world = world;
    this.#dice = dice;
  }

  hostOf(node: string): string {
    return this.#hosts.get(node) ?? node.toLowerCase();
  }

  /** The node gets another address; its lines fall silent. */
  move(node: string, host: string): void {
    const from = this.hostOf(node);
    this.#hosts.set(node, host.toLowerCase());
    const listening = this.#listening.get(from);
    if (listening?.party.node === node) {
      this.#listening.delete(from);
      this.#listening.set(host.toLowerCase(), listening);
    }
    for (const line of this.#linesOf(node)) line.dead = true;
  }

  /** Keeps every pair between the two groups apart until `heal`. */
  partition(left: readonly string[], right: readonly string[]): void {
    for (const a of left) for (const b of right) this.#partitions.add(pair(a, b));
    for (const line of this.#lines) {
      if (this.#apart(line.parties[0].node, line.parties[1].node) && !line.survivesPartition) {
        line.dead = true;
      }
    }
  }

  heal(): void {
    this.#partitions.clear();
  }

  /** Breaks a node's lines: both ends notice, or one, or none. */
  breakLines(node: string): void {
    for (const line of this.#linesOf(node)) {
      line.dead = true;
      for (const end of line.ends) if (this.#dice.chance(0.6)) end.cut();
    }
  }

  /** The process is gone: its port is free, and the other ends may or may not be told. */
  died(party: Party): void {
    for (const [host, listening] of this.#listening) {
      if (listening.party === party) this.#listening.delete(host);
    }
    for (const line of this.#lines) {
      if (!line.parties.includes(party)) continue;
      line.dead = true;
      this.#lines.delete(line);
      const other = line.ends[line.parties[0] === party ? 1 : 0];
      if (this.#dice.chance(0.5)) this.#world.after(this.#trip(), () => other.cut());
    }
  }

  listen(party: Party): Listen {
    return async ({ port }, handler) => {
      party.onCall();
      const own = { party, handler };
      const host = this.hostOf(party.node);
      this.#listening.set(host, own);
      return {
        host,
        port,
        close: async () => {
          for (const [at, it] of this.#listening) if (it === own) this.#listening.delete(at);
        },
      };
    };
  }

  dial(party: Party): Dial {
    return async ({ host, port }, { expectIdentity, contactName, onStep, signal }) => {
      party.onCall();
      onStep('reach');
      await this.#wait(this.#trip());
      const target = this.#listening.get(host);
      if (target && this.#apart(party.node, target.party.node)) {
        await this.#wait(DIAL_TIMEOUT);
        throw new ProblemError(problem('timed-out', { host, port }));
      }
      if (!target?.party.alive()) throw new ProblemError(problem('refused', { host, port }));
      const address = `${host}:${port}`;
      const wrong = expectIdentity !== null && target.party.identity !== expectIdentity;
      if (wrong && !this.ignoresIdentity) {
        const code = target.party.identity === null ? 'plain-refused' : 'identity-changed';
        throw new ProblemError(problem(code, { address, name: contactName }));
      }
      signal.throwIfAborted();
      const stillborn = this.#dice.chance(this.stillborn);
      const believed = expectIdentity ?? target.party.identity;
      const line = this.#join(party, target.party, { host, believed, dead: stillborn });
      target.handler.onChannel(line.ends[1]);
      await this.#wait(this.#trip());
      party.onCall();
      if (stillborn || !party.alive()) throw new ProblemError(problem('timed-out', { host, port }));
      return { type: 'channel', channel: line.ends[0] };
    };
  }

  #join(
    dialler: Party,
    listener: Party,
    { host, believed, dead }: { host: string; believed: Identity | null; dead: boolean },
  ): Line {
    const shown = listener.identity === null ? null : dialler.identity;
    const line: Line = {
      parties: [dialler, listener],
      dead,
      survivesPartition: this.#dice.chance(0.3),
      ends: memoryChannelPair(
        { identity: shown, host: this.hostOf(dialler.node), port: 50_000 },
        { identity: believed, host, port: 8080 },
        this.#world,
        {
          there: this.#wire(() => line, dialler, listener),
          back: this.#wire(() => line, listener, dialler),
        },
      ),
    };
    this.#lines.add(line);
    for (const end of line.ends) {
      void end.closed.then(() => {
        // The other end hears of it by the close frame or, on a dead line, by its own pings.
        if (line.dead) this.#lines.delete(line);
      });
    }
    return line;
  }

  /** Keeps order within one direction of one line, as TCP does; between lines there is none. */
  #wire(lineOf: () => Line, from: Party, to: Party): Wire {
    let lastArrival = 0;
    const carry = (message: unknown, arrive: (message: unknown) => void): void => {
      from.onCall();
      if (!from.alive()) return;
      const at = Math.max(lastArrival, this.#world.uptime() + this.#trip());
      lastArrival = at;
      const deliver = (): void => {
        const line = lineOf();
        if (line.dead || !to.alive()) return;
        if (this.#apart(from.node, to.node)) this.#world.after(500, deliver);
        else arrive(message);
      };
      this.#world.after(at - this.#world.uptime(), deliver);
    };
    return { carry };
  }

  #linesOf(node: string): readonly Line[] {
    return [...this.#lines].filter(({ parties }) => parties.some((party) => party.node === node));
  }

  #apart(a: string, b: string): boolean {
    return this.#partitions.has(pair(a, b));
  }

  #trip(): number {
    return this.#dice.between(1, this.latency);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#world.after(ms, resolve);
    });
  }
}

function pair(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}
