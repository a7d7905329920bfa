import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ChatStore } from '../../../../src/renderer/state/store.ts';
import type { Bridge } from '../../../../src/shared/bridge/bridge.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';
import { FakeCore } from '../../../support/fake-bridge/fake-bridge.ts';
import { idOf, scenarios } from '../../../support/renderer-harness/scenarios.ts';

const BOB = idOf(1);

async function openPage(bridge: Bridge): Promise<ChatStore> {
  const store = new ChatStore({
    openBridge: async () => bridge,
    now: () => 0,
    randomBytes: (count) => new Uint8Array(count).fill(7),
  });
  onTestFinished(() => store.stop());
  await store.start();
  return store;
}

const shown = (store: ChatStore) => store.getState().drafts.get(BOB)?.text ?? '';
const kept = (core: FakeCore) =>
  core.snapshot().conversations.find(({ contact }) => contact.id === BOB)?.contact.draft;

test('a draft typed on one page is on the other, and on one that is opened later', async () => {
  const core = new FakeCore(scenarios.busy());
  const [here, there] = [await openPage(core.bridge), await openPage(core.bridge)];
  here.type(BOB, 'half a thought');
  here.answer(BOB, idOf(9));
  await expect.poll(() => shown(there)).toBe('half a thought');
  expect((await openPage(core.bridge)).getState().drafts.get(BOB)).toMatchObject({
    text: 'half a thought',
    replyTo: idOf(9),
  });
  here.type(BOB, '');
  here.answer(BOB, null);
  await expect.poll(() => shown(there)).toBe('');
  await expect.poll(() => kept(core)).toBeUndefined();
});

test('a draft that the core refuses stays on the page, and goes to the core with the next key', async () => {
  const core = new FakeCore(scenarios.busy());
  const store = await openPage(core.bridge);
  core.fail('saveDraft', problem('storage', { reason: 'full' }));
  store.type(BOB, 'written on a full disk');
  core.receive(BOB, 'news');
  await expect.poll(() => store.getState().snapshot?.seq).toBe(core.snapshot().seq);
  expect(shown(store)).toBe('written on a full disk');
  core.fail('saveDraft', null);
  store.type(BOB, 'written on a full disk!');
  await expect.poll(() => kept(core)?.body).toBe('written on a full disk!');
});

test('a draft that was typed while the host was away is saved when it is back', async () => {
  const core = new FakeCore(scenarios.busy());
  const store = await openPage(core.bridge);
  core.setLost(true);
  store.type(BOB, 'typed meanwhile');
  core.setLost(false);
  await store.start();
  expect(shown(store)).toBe('typed meanwhile');
  await expect.poll(() => kept(core)?.body).toBe('typed meanwhile');
});

test('the page shows the last key whatever order answers and events come in, and all pages agree', async () => {
  const key = fc.record({ page: fc.nat(1), text: fc.string({ minLength: 1, maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 12 }), fc.scheduler(), async (keys, scheduler) => {
      const core = new FakeCore(scenarios.busy());
      /** Answers and events come late; events in their order. */
      const late = (): Bridge => {
        let before = Promise.resolve();
        return {
          ...core.bridge,
          chat: {
            ...core.bridge.chat,
            saveDraft: (input) => scheduler.schedule(core.bridge.chat.saveDraft(input)),
            subscribe: (afterSeq, listener) =>
              core.bridge.chat.subscribe(afterSeq, (batch) => {
                const [turn, told] = [scheduler.schedule(Promise.resolve()), before];
                before = Promise.all([turn, told]).then(() => listener(batch));
              }),
          },
        };
      };
      const pages = [await openPage(late()), await openPage(late())] as const;
      for (const { page, text } of keys) {
        pages[page as 0 | 1].type(BOB, text);
        expect(shown(pages[page as 0 | 1])).toBe(text);
        if (scheduler.count() > 0) await scheduler.waitOne();
        if (keys.every((it) => it.page === page)) expect(shown(pages[page as 0 | 1])).toBe(text);
      }
      while (scheduler.count() > 0) await scheduler.waitOne();
      await new Promise((resolve) => setTimeout(resolve));
      expect(pages.map(shown)).toEqual([kept(core)?.body ?? '', kept(core)?.body ?? '']);
      for (const page of pages) page.stop();
    }),
    { numRuns: 60 },
  );
});
