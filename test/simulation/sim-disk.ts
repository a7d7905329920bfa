import { createMemoryStore } from '../../src/core/storage/memory/memory-store.ts';
import type { Store } from '../../src/core/storage/store.ts';
import { ProblemError, problem } from '../../src/shared/problems/problem.ts';
import type { FakeWorld } from '../support/basics/fake-world.ts';
import type { Dice } from './dice.ts';

const WRITES = [
  'saveSettings',
  'saveContact',
  'removeContact',
  'mergeContact',
  'addMessages',
  'setDelivery',
  'deleteMessage',
  'deleteMessages',
  'markRead',
  'importRecords',
  'tryWriting',
] as const;
type Write = (typeof WRITES)[number];

interface Logged {
  readonly write: Write;
  readonly args: readonly unknown[];
}

type Loose = Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

/** The longest time between a write and the end of its sync, milliseconds. */
const SLOWEST_SYNC = 20;

/**
 * A disk that survives crashes. A write is visible at once, as inside a database's own connection,
 * but only durable when its sync has ended; a crash keeps some first part of what was not synced.
 */
export class SimDisk {
  readonly #world: FakeWorld;
  readonly #dice: Dice;
  readonly #durable: Logged[] = [];
  #unsynced: { readonly logged: Logged; readonly synced: () => void }[] = [];
  /** While set, every write fails and changes nothing. */
  full = false;

  constructor(world: FakeWorld, dice: Dice) {
    this.#world = world;
    this.#dice = dice;
  }

  /** The power went: some first part of the unsynced writes made it, the rest is gone. */
  crash(): void {
    const kept = this.#dice.between(0, this.#unsynced.length);
    this.#durable.push(...this.#unsynced.slice(0, kept).map(({ logged }) => logged));
    this.#unsynced = [];
  }

  /** What a program that opens the disk now finds on it. */
  async contents(): Promise<Store> {
    const store = createMemoryStore();
    for (const logged of this.#durable) await apply(store, logged);
    return store;
  }

  /** A store on this disk for one life of a process; `alive` says whether it still runs. */
  async open(alive: () => boolean, onCall: () => void): Promise<Store> {
    const memory = await this.contents();
    const writes = Object.fromEntries(
      WRITES.map((write) => [
        write,
        (...args: readonly unknown[]) => this.#write(memory, alive, onCall, { write, args }),
      ]),
    );
    const reads = Object.fromEntries(
      Object.entries(memory)
        .filter(([name]) => !(WRITES as readonly string[]).includes(name))
        .map(([name, read]) => [
          name,
          (...args: readonly unknown[]) => {
            onCall();
            return alive() ? (read as Loose[string])(...args) : never();
          },
        ]),
    );
    // A store that is closed properly syncs what was written before.
    const close = async (): Promise<unknown> => {
      onCall();
      if (!alive()) return never();
      const last = this.#unsynced.at(-1);
      if (last) this.#sync(last.logged);
      return memory.close();
    };
    return { ...reads, ...writes, close } as unknown as Store;
  }

  async #write(
    memory: Store,
    alive: () => boolean,
    onCall: () => void,
    logged: Logged,
  ): Promise<unknown> {
    onCall();
    if (!alive()) return never();
    if (this.full) throw new ProblemError(problem('storage', { reason: 'the disk is full.' }));
    const synced = new Promise<void>((resolve) => {
      this.#unsynced.push({ logged, synced: resolve });
    });
    const answer = await apply(memory, logged).catch((error: unknown) => {
      // Refused, so nothing was written.
      this.#unsynced = this.#unsynced.filter((it) => it.logged !== logged);
      throw error;
    });
    if (!alive()) return never();
    this.#world.after(this.#dice.between(0, SLOWEST_SYNC), () => this.#sync(logged));
    await synced;
    if (!alive()) return never();
    onCall();
    return alive() ? answer : never();
  }

  /** One sync makes durable everything written before it, and its writers hear so in order. */
  #sync(last: Logged): void {
    const index = this.#unsynced.findIndex(({ logged }) => logged === last);
    for (const { logged, synced } of this.#unsynced.splice(0, index + 1)) {
      this.#durable.push(logged);
      synced();
    }
  }
}

async function apply(store: Store, { write, args }: Logged): Promise<unknown> {
  return (store as unknown as Loose)[write]?.(...structuredClone(args));
}

/** What a dead process's promises do. */
function never(): Promise<never> {
  return new Promise(() => {});
}
