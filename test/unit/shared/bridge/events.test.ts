import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyEvent,
  type PeerEvent,
  type SequencedEvent,
} from '../../../../src/shared/bridge/events.ts';
import type { Conversation, Message, Self, Snapshot } from '../../../../src/shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../../../src/shared/model/settings.ts';

const self: Self = {
  name: 'Alice',
  identity: null,
  listening: null,
  problem: null,
  warnings: [],
  addresses: [],
  settings: { name: 'Alice', port: 8080, ...DEFAULT_SETTINGS },
  version: '0.0.0',
};

const message: Message = {
  id: 'm',
  contactId: 'a',
  author: 'them',
  body: 'hello',
  sentAt: 1,
  seq: 1,
  state: 'received',
  problem: null,
  replyTo: null,
};

function conversation(id: string, unread: number): Conversation {
  const contact = {
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
    createdAt: 1,
  } as const;
  return { contact, link: { phase: 'idle' }, lastMessage: null, unread };
}

const contactId = fc.constantFrom('a', 'b', 'c');
const event: fc.Arbitrary<PeerEvent> = fc.oneof(
  fc.string().map((name) => ({ type: 'self-changed', self: { ...self, name } }) as const),
  fc
    .tuple(contactId, fc.nat())
    .map(
      ([id, unread]) =>
        ({ type: 'conversation-changed', conversation: conversation(id, unread) }) as const,
    ),
  fc
    .tuple(contactId, fc.option(fc.record({ body: fc.string(), replyTo: fc.constant(null) })))
    .map(([id, draft]) => ({ type: 'draft-changed', contactId: id, draft }) as const),
  fc
    .tuple(contactId, fc.constantFrom('a', null))
    .map(
      ([id, mergedInto]) => ({ type: 'conversation-removed', contactId: id, mergedInto }) as const,
    ),
  fc.constantFrom(
    { type: 'message-added', message } as const,
    { type: 'message-changed', message } as const,
    { type: 'message-removed', contactId: 'a', author: 'me', messageId: 'm' } as const,
  ),
);
const log = fc
  .array(event, { maxLength: 30 })
  .map((events): readonly SequencedEvent[] =>
    events.map((it, index) => ({ seq: index + 1, event: it })),
  );

const empty: Snapshot = { seq: 0, self, conversations: [], arrivedAfter: 0 };
const replay = (snapshot: Snapshot, events: readonly SequencedEvent[]) =>
  events.reduce(applyEvent, snapshot);

describe('a snapshot that follows the events', () => {
  test('has the latest state of each contact, oldest contact first', () => {
    fc.assert(
      fc.property(log, (events) => {
        const model = new Map<string, Conversation>();
        let name = self.name;
        for (const { event: it } of events) {
          if (it.type === 'conversation-changed') {
            const { contact } = it.conversation;
            const draft = model.get(contact.id)?.contact.draft;
            model.set(contact.id, { ...it.conversation, contact: { ...contact, draft } });
          }
          if (it.type === 'draft-changed') {
            const known = model.get(it.contactId);
            const draft = it.draft ?? undefined;
            if (known) model.set(it.contactId, { ...known, contact: { ...known.contact, draft } });
          }
          if (it.type === 'conversation-removed') model.delete(it.contactId);
          if (it.type === 'self-changed') name = it.self.name;
        }
        const shown = replay(empty, events);
        expect(shown.conversations).toEqual([...model.values()]);
        expect(shown.self.name).toBe(name);
        expect(shown.seq).toBe(events.length);
      }),
    );
  });

  test('is not changed by events that its snapshot already includes', () => {
    fc.assert(
      fc.property(log, fc.nat(), (events, cut) => {
        const included = events.slice(0, cut % (events.length + 1));
        const snapshot = replay(empty, included);
        for (const old of included) expect(applyEvent(snapshot, old)).toBe(snapshot);
        expect(replay(snapshot, events)).toEqual(replay(empty, events));
      }),
    );
  });

  test('leaves the previous state unchanged', () => {
    fc.assert(
      fc.property(log, (events) => {
        let snapshot = empty;
        for (const it of events) {
          const before = structuredClone(snapshot);
          const next = applyEvent(snapshot, it);
          expect(snapshot).toEqual(before);
          expect(next).not.toBe(snapshot);
          snapshot = next;
        }
      }),
    );
  });

  test('records the event of a message without changing the list', () => {
    const snapshot = { ...empty, conversations: [conversation('a', 0)] };
    const next = applyEvent(snapshot, { seq: 1, event: { type: 'message-added', message } });
    expect(next).toEqual({ ...snapshot, seq: 1 });
    expect(next.conversations).toBe(snapshot.conversations);
  });
});
