import { expect, test } from 'vitest';
import { awaitDelivery } from '../../../../../src/hosts/terminal/profile/await-delivery.ts';
import type { LinkState, Message } from '../../../../../src/shared/model/model.ts';
import {
  type ProblemCode,
  ProblemError,
  problem,
  problemOf,
} from '../../../../../src/shared/problems/problem.ts';
import { fakePeerApp } from '../../../../support/peers/fake-peer-app.ts';
import { ours, sampleContact } from '../../../../support/storage/store-samples.ts';

const contact = sampleContact('bob', { name: '10.0.0.2:8080' });
const queued: Message = { ...ours('bob', 'm1'), seq: 1 };
const offline = (code: ProblemCode, retryAt: number | null): LinkState => ({
  phase: 'offline',
  problem: problem(code, { host: 'bob', port: 1 }),
  retryAt,
});

function waiting(message: Message = queued) {
  let stored = message;
  const timeUp = new AbortController();
  const lost = new AbortController();
  let retried = 0;
  const fake = fakePeerApp({
    send: async () => stored,
    retry: async () => {
      retried += 1;
      return null;
    },
  });
  const fate = awaitDelivery({
    app: fake.app,
    message,
    contact,
    link: { phase: 'idle' },
    afterSeq: 0,
    timeUp: timeUp.signal,
    lost: lost.signal,
  });
  return {
    ...fake,
    fate,
    timeUp,
    lost,
    retried: () => retried,
    change: (state: Message['state'], contactId = 'bob') => {
      stored = { ...message, contactId, state };
      fake.publish({ type: 'message-changed', message: stored });
    },
    store: (state: Message['state']) => {
      stored = { ...message, state };
    },
    link: (link: LinkState, changes: Partial<typeof contact> = {}) =>
      fake.publish({
        type: 'conversation-changed',
        conversation: { contact: { ...contact, ...changes }, link, lastMessage: null, unread: 0 },
      }),
  };
}

test.each(['delivered', 'read', 'failed', 'unconfirmed'] as const)(
  'the wait ends when the message is %s',
  async (state) => {
    const { fate, change, subscribers, retried } = waiting();
    expect(retried()).toBe(1);
    change('sending');
    change(state);
    expect((await fate).message.state).toBe(state);
    expect(subscribers()).toBe(0);
  },
);

test('the wait ends at once when the message was delivered before it began', async () => {
  const { fate } = waiting({ ...queued, state: 'delivered' });
  expect((await fate).message.state).toBe('delivered');
});

test('the wait ignores an incoming message with the same id', async () => {
  const { fate, publish, timeUp } = waiting();
  publish({ type: 'message-changed', message: { ...queued, author: 'them', state: 'received' } });
  timeUp.abort();
  expect((await fate).message.state).toBe('queued');
});

test('the wait reports the latest state on a timeout', async () => {
  const { fate, link, timeUp } = waiting();
  link(offline('refused', 5), { name: 'Bob' });
  timeUp.abort();
  expect(await fate).toMatchObject({
    message: { state: 'queued' },
    contact: { name: 'Bob' },
    link: { problem: { code: 'refused' } },
    gaveUp: null,
  });
});

test('the wait ends at once when the identity has changed, as no attempt would follow', async () => {
  const { fate, link } = waiting();
  link(offline('identity-changed', null));
  expect((await fate).gaveUp?.code).toBe('identity-changed');
});

test('the wait follows a contact that is merged into another', async () => {
  const { fate, publish, link, change } = waiting();
  publish({ type: 'conversation-removed', contactId: 'bob', mergedInto: 'robert' });
  link(offline('identity-changed', null));
  change('delivered', 'robert');
  expect(await fate).toMatchObject({ gaveUp: null, message: { contactId: 'robert' } });
});

test('the wait reads the current state after a gap in the events', async () => {
  const { fate, store, app } = waiting();
  store('delivered');
  app.subscribe(99, () => undefined);
  const again = awaitDelivery({
    app,
    message: queued,
    contact,
    link: { phase: 'idle' },
    afterSeq: 99,
    timeUp: new AbortController().signal,
    lost: new AbortController().signal,
  });
  expect((await again).message.state).toBe('delivered');
  expect(await Promise.race([fate, 'still waiting'])).toBe('still waiting');
});

test('the wait ends when the app stops', async () => {
  const { fate, lost } = waiting();
  lost.abort(new ProblemError(problem('app-gone')));
  expect(await fate.catch((error: unknown) => problemOf(error).code)).toBe('app-gone');
});
