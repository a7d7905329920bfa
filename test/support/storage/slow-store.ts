import { createMemoryStore } from '../../../src/core/storage/memory/memory-store.ts';
import type { Store } from '../../../src/core/storage/store.ts';
import type { FakeWorld } from '../basics/fake-world.ts';

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
type Loose = Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

/** A store with a disk: a write takes effect in its turn, and is answered some time later. */
export interface SlowStore extends Store {
  /** How long a write takes, milliseconds. */
  delay: number;
  /** How long the answers to reading a page take, milliseconds. */
  readDelay: number;
  /** When set, asked at each write: throws what the write fails with. */
  beforeWrite: ((write: Write, args: readonly unknown[]) => void) | null;
}

export function slowStore(world: FakeWorld, delay: number): SlowStore {
  const memory = createMemoryStore();
  const loose = memory as unknown as Loose;
  let lastDone = 0;
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ms > 0) world.after(ms, resolve);
      else resolve();
    });
  const own: SlowStore = {
    ...memory,
    delay,
    readDelay: 0,
    beforeWrite: null,
    page: async (...args) => {
      const page = await memory.page(...args);
      await wait(own.readDelay);
      return page;
    },
  };
  const write = async (name: Write, args: readonly unknown[]): Promise<unknown> => {
    own.beforeWrite?.(name, args);
    const answer = await loose[name]?.(...args);
    // A later write is never on disk before an earlier one.
    lastDone = Math.max(lastDone, world.uptime() + own.delay);
    await wait(lastDone - world.uptime());
    return answer;
  };
  const writes = WRITES.map((name) => [name, (...args: readonly unknown[]) => write(name, args)]);
  return Object.assign(own, Object.fromEntries(writes));
}
