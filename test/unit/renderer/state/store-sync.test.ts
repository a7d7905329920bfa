import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChatStore } from '../../../../src/renderer/state/store.ts';
import { covers } from '../../../../src/renderer/state/threads.ts';
import type { Bridge } from '../../../../src/shared/bridge/bridge.ts';
import type { EventBatch } from '../../../../src/shared/bridge/events.ts';
import type { Outcome } from '../../../../src/shared/bridge/outcome.ts';
import type { ContactId, Conversation, Message } from '../../../../src/shared/model/model.ts';
import { FakeCore } from '../../../support/fake-bridge/fake-bridge.ts';
import { ONLINE } from '../../../support/fake-bridge/fake-commands.ts';
import type { FakeScenario } from '../../../support/fake-bridge/fake-data.ts';
import { idOf, scenarios } from '../../../support/renderer-harness/scenarios.ts';

const ANN = idOf(1);
const BEN = idOf(2);

/** Two contacts; one has more messages than fit on two pages. */
function start(): FakeScenario {
  const { self } = scenarios.empty();
  const conversation = (id: ContactId): Conversation => ({
    contact: {
      id,
      kind: 'parley',
      name: id,
      identity: null,
      trust: 'none',
      addresses: [],
      policy: 'accepted',
      reached: [],
      claimed: [],
      chosen: true,
      pinned: false,
      muted: false,
      createdAt: 0,
    },
    link: ONLINE,
    lastMessage: null,
    unread: 0,
  });
  const messages = Array.from({ length: 150 }, (_, index): Message => {
    const mine = index % 2 === 0;
    return {
      id: idOf(1_000 + index),
      contactId: index < 140 ? ANN : BEN,
      author: mine ? 'me' : 'them',
      body: `message ${index}`,
      sentAt: index,
      seq: index + 1,
      state: mine ? 'delivered' : 'received',
      problem: null,
      replyTo: null,
    };
  });
  return { self, conversations: [conversation(ANN), conversation(BEN)], messages };
}

type Fate = 'once' | 'twice' | 'never';

/**
 * A bridge whose answers and event batches arrive in any order: batches may come twice or not at
 * all, and even after the subscription was given up.
 */
function wild(core: FakeCore, scheduler: fc.Scheduler, fateOf: () => Fate): Bridge {
  const late = <T>(run: () => Promise<Outcome<T>>) => scheduler.schedule(run());
  return {
    ...core.bridge,
    chat: {
      ...core.bridge.chat,
      snapshot: (input) => late(() => core.bridge.chat.snapshot(input)),
      messages: (input) => late(() => core.bridge.chat.messages(input)),
      subscribe: (afterSeq, listener) => {
        core.bridge.chat.subscribe(afterSeq, (batch: EventBatch) => {
          const times = { never: 0, once: 1, twice: 2 }[fateOf()];
          for (let time = 0; time < times; time += 1) {
            void scheduler.schedule(Promise.resolve()).then(() => listener(batch));
          }
        });
        return () => {};
      },
    },
  };
}

const contact = fc.constantFrom(ANN, BEN);
const operation = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), contact }),
  fc.record({ do: fc.constant('send' as const), contact }),
  fc.record({ do: fc.constant('delete' as const), contact, pick: fc.nat() }),
  fc.record({ do: fc.constant('older' as const), contact }),
  fc.record({ do: fc.constant('newer' as const), contact }),
  fc.record({ do: fc.constant('newest' as const), contact }),
  fc.record({ do: fc.constant('jump' as const), contact, pick: fc.nat(160) }),
  fc.record({ do: fc.constant('select' as const), contact }),
  fc.record({ do: fc.constant('read' as const), contact }),
  fc.record({ do: fc.constant('gap' as const) }),
  fc.record({ do: fc.constant('merge' as const) }),
  fc.record({ do: fc.constant('remove' as const), contact }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

let sent = 0;

async function perform(core: FakeCore, store: ChatStore, it: Operation): Promise<void> {
  const present = (id: ContactId) => core.snapshot().conversations.some((c) => c.contact.id === id);
  if (it.do === 'gap') return core.announceGap();
  if (it.do === 'merge') {
    if (present(ANN) && present(BEN)) core.merge(BEN, ANN);
    return;
  }
  if (!present(it.contact)) return;
  switch (it.do) {
    case 'receive':
      core.receive(it.contact, 'news');
      return;
    case 'send':
      sent += 1;
      await core.bridge.chat.send({ contactId: it.contact, id: idOf(1e6 + sent), body: 'hi' });
      return;
    case 'delete': {
      const all = core.messagesOf(it.contact);
      const message = all[it.pick % Math.max(1, all.length)];
      if (!message) return;
      const { contactId, author, id } = message;
      await core.bridge.chat.deleteMessage({ contactId, author, messageId: id });
      return;
    }
    case 'older':
      store.loadOlder(it.contact);
      return;
    case 'newer':
      store.loadNewer(it.contact);
      return;
    case 'newest':
      store.toNewest(it.contact);
      return;
    case 'jump':
      void store.jumpTo(it.contact, it.pick);
      return;
    case 'select':
      store.select(it.contact);
      return;
    case 'read':
      await core.bridge.chat.markRead({ contactId: it.contact, seq: 1e9 });
      return;
    case 'remove':
      await core.bridge.chat.removeContact({ contactId: it.contact });
      return;
  }
}

test('whatever order, loss and repetition of events: the screen ends equal to the core', async () => {
  const fates = fc.array(fc.constantFrom<Fate>('once', 'once', 'once', 'twice', 'never'), {
    minLength: 1,
  });
  const property = fc.asyncProperty(
    fc.scheduler(),
    fc.array(operation, { maxLength: 25 }),
    fates,
    fc.array(fc.nat(4), { minLength: 1 }),
    async (scheduler, operations, fateList, pauses) => {
      const core = new FakeCore(start());
      let turn = 0;
      let calm = false;
      const fateOf = (): Fate => (calm ? 'once' : (fateList[turn++ % fateList.length] ?? 'once'));
      const store = new ChatStore({
        openBridge: async () => wild(core, scheduler, fateOf),
        now: () => 0,
        randomBytes: (count) => new Uint8Array(count),
      });
      const started = store.start();
      await scheduler.waitFor(started);
      store.select(ANN);
      for (const [index, it] of operations.entries()) {
        await perform(core, store, it);
        const steps = pauses[index % pauses.length] ?? 0;
        for (let step = 0; step < steps && scheduler.count() > 0; step += 1) {
          await scheduler.waitNext(1);
        }
      }
      // The last event of all must come through: nothing could tell that it is missing.
      calm = true;
      await core.bridge.chat.updateSettings({ name: 'the last word' });
      await scheduler.waitIdle();

      const state = store.getState();
      expect(state.host).toBe('live');
      expect(state.snapshot).toEqual(core.snapshot());
      for (const [id, thread] of state.threads) {
        const kept = core.messagesOf(id).filter((it) => covers(thread, it.seq));
        expect(thread.messages).toEqual(kept);
      }
      const { selected } = state;
      if (selected !== null) expect([...state.threads.keys()]).toContain(selected);
      store.stop();
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

test('older pages join on until the very first message', async () => {
  const core = new FakeCore(start());
  const store = new ChatStore({
    openBridge: async () => core.bridge,
    now: () => 0,
    randomBytes: (count) => new Uint8Array(count),
  });
  await store.start();
  store.select(ANN);
  await settled();
  expect(store.getState().threads.get(ANN)?.messages).toHaveLength(80);
  store.loadOlder(ANN);
  await settled();
  expect(store.getState().threads.get(ANN)).toEqual({
    messages: core.messagesOf(ANN),
    from: 0,
    to: null,
  });
});

test('a page that was read far back stays so after a gap', async () => {
  const core = new FakeCore(start());
  const store = new ChatStore({
    openBridge: async () => core.bridge,
    now: () => 0,
    randomBytes: (count) => new Uint8Array(count),
  });
  await store.start();
  store.select(ANN);
  await settled();
  store.loadOlder(ANN);
  await settled();
  const before = store.getState().threads.get(ANN);
  core.announceGap();
  await settled();
  expect(store.getState().threads.get(ANN)?.messages.length).toBeGreaterThanOrEqual(
    before?.messages.length ?? 0,
  );
  expect(store.getState().pages.get(ANN)).toEqual({ loading: false, problem: null });
});

/** Lets all promises that are ready settle. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
