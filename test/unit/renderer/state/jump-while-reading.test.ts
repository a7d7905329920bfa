import { describe, expect, test } from 'vitest';
import { ChatStore } from '../../../../src/renderer/state/store.ts';
import type { Bridge } from '../../../../src/shared/bridge/bridge.ts';
import type { Message } from '../../../../src/shared/model/model.ts';
import { FakeCore } from '../../../support/fake-bridge/fake-bridge.ts';
import { idOf, scenarios } from '../../../support/renderer-harness/scenarios.ts';

// A jump while other messages are on their way: whatever is slow must not undo it.

const BOB = idOf(1);
const FAR_BACK = 30;

/** A bridge whose answers wait until they are let through, in the order that a test chooses. */
class HeldBridge {
  readonly core = new FakeCore(scenarios.long());
  readonly #held: (() => void)[] = [];
  /** Whether answers wait. */
  holding = false;

  readonly bridge: Bridge = {
    ...this.core.bridge,
    chat: {
      ...this.core.bridge.chat,
      snapshot: (input) => this.#hold(this.core.bridge.chat.snapshot(input)),
      messages: (input) => this.#hold(this.core.bridge.chat.messages(input)),
    },
  };

  /** Lets everything through that was asked since number `from`, then what that leads to. */
  async release(from = 0): Promise<void> {
    for (const answer of this.#held.splice(from)) answer();
    await settled();
  }

  get waiting(): number {
    return this.#held.length;
  }

  #hold<T>(answer: Promise<T>): Promise<T> {
    if (!this.holding) return answer;
    return new Promise((resolve) => this.#held.push(() => resolve(answer)));
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function opened() {
  const held = new HeldBridge();
  const store = new ChatStore({
    openBridge: async () => held.bridge,
    now: () => 0,
    randomBytes: (count) => new Uint8Array(count),
  });
  await store.start();
  store.select(BOB);
  await settled();
  held.holding = true;
  return { held, store };
}

function expectAround(store: ChatStore, seq: number): void {
  const { threads, target, pages } = store.getState();
  const seqs = threads.get(BOB)?.messages.map((it: Message) => it.seq) ?? [];
  expect(seqs).toContain(seq);
  expect(seqs).not.toContain(400);
  expect(target).toMatchObject({ contactId: BOB, seq });
  expect(pages.get(BOB)).toEqual({ loading: false, problem: null });
}

describe('a jump far back', () => {
  test('is not undone by a slower reading that began before it', async () => {
    const { held, store } = await opened();
    store.reload(BOB);
    const slow = held.waiting;
    void store.jumpTo(BOB, FAR_BACK);
    await held.release(slow);
    expectAround(store, FAR_BACK);
    await held.release();
    expectAround(store, FAR_BACK);
  });

  test('is not undone by an older jump', async () => {
    const { held, store } = await opened();
    void store.jumpTo(BOB, 200);
    const slow = held.waiting;
    void store.jumpTo(BOB, FAR_BACK);
    await held.release(slow);
    await held.release();
    expectAround(store, FAR_BACK);
  });

  test('is made after all when everything has to be read anew meanwhile, even twice', async () => {
    const { held, store } = await opened();
    void store.jumpTo(BOB, FAR_BACK);
    held.core.announceGap();
    await settled();
    held.core.announceGap();
    await settled();
    while (held.waiting > 0) await held.release();
    expectAround(store, FAR_BACK);
  });

  test('is forgotten when the newest are wanted before it is there', async () => {
    const { held, store } = await opened();
    void store.jumpTo(BOB, 200);
    await held.release();
    void store.jumpTo(BOB, FAR_BACK);
    const slow = held.waiting;
    store.toNewest(BOB);
    await held.release(slow);
    await held.release();
    const thread = store.getState().threads.get(BOB);
    expect(thread?.to).toBe(null);
    expect(thread?.messages.at(-1)?.seq).toBe(400);
  });
});
