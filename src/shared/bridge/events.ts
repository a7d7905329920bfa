import type {
  ContactId,
  Conversation,
  Message,
  MessageId,
  SavedDraft,
  Self,
  Snapshot,
} from '../model/model.ts';

/** A change of the core's state. Each carries the whole new value, so applying it twice is harmless. */
export type PeerEvent =
  | { readonly type: 'self-changed'; readonly self: Self }
  /** The contact comes without its draft, which may be as long as a message and has its own event. */
  | { readonly type: 'conversation-changed'; readonly conversation: Conversation }
  | {
      readonly type: 'draft-changed';
      readonly contactId: ContactId;
      readonly draft: SavedDraft | null;
    }
  | {
      readonly type: 'conversation-removed';
      readonly contactId: ContactId;
      /** Where its messages went, when it turned out to be a contact we already had. */
      readonly mergedInto: ContactId | null;
    }
  | { readonly type: 'typing'; readonly contactId: ContactId; readonly until: number }
  | { readonly type: 'message-added'; readonly message: Message }
  | { readonly type: 'message-changed'; readonly message: Message }
  | {
      readonly type: 'message-removed';
      readonly contactId: ContactId;
      readonly author: Message['author'];
      readonly messageId: MessageId;
    };

/** Of the core, `seq` rises by exactly one from event to event, from 1 when the core starts. */
export interface Sequenced<Event> {
  readonly seq: number;
  readonly event: Event;
}

/** What a subscriber gets: events in order, or word that some are no longer to be had. */
export type Batch<Event> =
  | { readonly type: 'events'; readonly events: readonly Sequenced<Event>[] }
  | { readonly type: 'gap' };

export type SequencedEvent = Sequenced<PeerEvent>;
export type EventBatch = Batch<PeerEvent>;

/**
 * The snapshot after one event. An event that it already includes leaves it as it is; the caller
 * checks for gaps (an event whose `seq` is not `snapshot.seq + 1`) and asks for a new snapshot.
 */
export function applyEvent(snapshot: Snapshot, { seq, event }: SequencedEvent): Snapshot {
  if (seq <= snapshot.seq) return snapshot;
  switch (event.type) {
    case 'self-changed':
      return { ...snapshot, seq, self: event.self };
    case 'conversation-changed':
      return {
        ...snapshot,
        seq,
        conversations: upsert(snapshot.conversations, event.conversation),
      };
    case 'draft-changed':
      return {
        ...snapshot,
        seq,
        conversations: snapshot.conversations.map((it) =>
          it.contact.id === event.contactId ? withDraft(it, event.draft ?? undefined) : it,
        ),
      };
    case 'conversation-removed':
      return {
        ...snapshot,
        seq,
        conversations: snapshot.conversations.filter((it) => it.contact.id !== event.contactId),
      };
    case 'typing':
    case 'message-added':
    case 'message-changed':
    case 'message-removed':
      return { ...snapshot, seq };
  }
}

function upsert(list: readonly Conversation[], changed: Conversation): readonly Conversation[] {
  const index = list.findIndex((it) => it.contact.id === changed.contact.id);
  const known = list[index];
  return known ? list.with(index, withDraft(changed, known.contact.draft)) : [...list, changed];
}

function withDraft(conversation: Conversation, draft: SavedDraft | undefined): Conversation {
  return { ...conversation, contact: { ...conversation.contact, draft } };
}
