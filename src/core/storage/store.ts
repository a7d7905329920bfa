import type { DeliveryEvent } from '../../shared/model/delivery.ts';
import type {
  Contact,
  ContactId,
  Message,
  MessageId,
  MessageKey,
  MessagePage,
  SearchPage,
  Settings,
} from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import type { ImportCounts, StoreRecord } from './record.ts';

/** What a conversation list needs about one contact, without reading its messages. */
export interface StoredConversation {
  readonly contact: Contact;
  readonly lastMessage: Message | null;
  readonly unread: number;
}

/** A message before the store has given it its `seq`. */
export type NewMessage = Omit<Message, 'seq'>;

/** Of a message of ours. */
export interface DeliveryChange {
  readonly contactId: ContactId;
  readonly id: MessageId;
  readonly event: DeliveryEvent;
  /** Why, when the event is a failure. */
  readonly problem: Problem | null;
}

/** How many messages of theirs are stored, and the bytes of their texts in UTF-8. */
export interface HeldMessages {
  readonly messages: number;
  readonly bytes: number;
}

export interface SearchOptions {
  /** Only in this conversation; null for all. */
  readonly contactId: ContactId | null;
  readonly limit: number;
  /** Only messages whose `seq` is below this; null from the newest. */
  readonly before: number | null;
}

/**
 * Where settings, contacts and messages live. Each write resolves only when it is as durable as the
 * store can make it: the caller acknowledges to the user or the peer right after. Writes are applied
 * in call order. Failures reject with a `ProblemError` (`storage`), and change nothing.
 */
export interface Store {
  /** As they were kept, whatever they hold by now (`usableSettings` reads them); null for none. */
  readonly settings: () => Promise<unknown>;
  readonly saveSettings: (settings: Settings) => Promise<void>;

  readonly conversations: () => Promise<readonly StoredConversation[]>;
  readonly conversation: (id: ContactId) => Promise<StoredConversation | null>;
  /** Inserts or replaces. */
  readonly saveContact: (contact: Contact) => Promise<void>;
  /**
   * Deletes the contact and all its messages; with `empty` only if it has none. Answers whether it
   * was there and is gone.
   */
  readonly removeContact: (id: ContactId, only?: 'empty') => Promise<boolean>;
  /**
   * Saves `into`, moves all messages of `from` to it, keeping their `seq`, and deletes the contact
   * `from`: all or nothing. A message that `into` already has is not doubled. Rejects with
   * `unknown-contact` unless both are there.
   */
  readonly mergeContact: (from: ContactId, into: Contact) => Promise<void>;

  /**
   * Adds messages in order. One whose (contact, author, id) is already stored is not added again;
   * the answer holds only the new ones, with their `seq`. Deleted ones count as stored: a late
   * duplicate does not bring them back. Nor is one of theirs added that has the id of one of ours in
   * the same conversation (`idsOfOurs`): an answer to that id would mean both. Rejects with
   * `unknown-contact` before adding any.
   */
  readonly addMessages: (messages: readonly NewMessage[]) => Promise<readonly Message[]>;
  readonly message: (key: MessageKey) => Promise<Message | null>;
  /** Which of these ids a message of ours in this conversation has, or had before it was deleted. */
  readonly idsOfOurs: (id: ContactId, ids: readonly MessageId[]) => Promise<ReadonlySet<MessageId>>;
  readonly page: (id: ContactId, before: number | null, limit: number) => Promise<MessagePage>;
  /** The oldest messages above `after`; `more` tells whether newer ones exist. */
  readonly pageAfter: (id: ContactId, after: number, limit: number) => Promise<MessagePage>;
  /**
   * Our messages to this contact that are `queued` or `sending`, oldest first; only those whose `seq`
   * is above `after` (from the oldest when it is left out).
   */
  readonly pending: (id: ContactId, limit: number, after?: number) => Promise<readonly Message[]>;
  /** Contacts that have pending messages. */
  readonly contactsWithPending: () => Promise<readonly ContactId[]>;
  /**
   * Applies delivery events to our messages as they are stored now; one that does not apply changes
   * nothing, so that a late event never takes a state back. Unknown ids are passed over. The answer
   * holds the messages that changed.
   */
  readonly setDelivery: (changes: readonly DeliveryChange[]) => Promise<readonly Message[]>;
  readonly deleteMessage: (key: MessageKey) => Promise<Message | null>;
  /**
   * Deletes the oldest messages of a conversation up to and including `upTo`, at most `limit` of
   * them, as `deleteMessage` does. The answer holds their ids; fewer than `limit` are the last.
   */
  readonly deleteMessages: (
    id: ContactId,
    upTo: number,
    limit: number,
  ) => Promise<readonly MessageId[]>;
  /**
   * Marks theirs up to `seq` as read. Many are marked bit by bit: what is called meanwhile may see some
   * unread, and a failure or a crash leaves some so.
   */
  readonly markRead: (id: ContactId, seq: number) => Promise<void>;
  /** What a contact has left here; nothing for an unknown one. */
  readonly heldMessages: (id: ContactId) => Promise<HeldMessages>;
  /** How many messages others have sent us, ever (`get_stats`). */
  readonly receivedCount: () => Promise<number>;

  /**
   * Messages that hold every word of `query`, the last one also as the beginning of a word. Any text
   * is a valid query; one without letters, digits or pictographs finds nothing. Case, accents and
   * width do not matter, and scripts written without spaces match anywhere.
   */
  readonly search: (query: string, options: SearchOptions) => Promise<SearchPage>;

  /**
   * Everything stored, as it was when the reading began: counters, settings, contacts, messages in
   * order, deletions. Later deletions may already be missing from it.
   */
  readonly records: () => AsyncIterable<StoreRecord>;
  /**
   * Adds what is not there yet, all or nothing; what is there stays as it is. A message that was
   * deleted here comes back. The contact of a message must be there, or come before it.
   */
  readonly importRecords: (records: readonly StoreRecord[]) => Promise<ImportCounts>;

  /** Takes something to disk that means nothing: whether writing works. Rejects as a write does. */
  readonly tryWriting: () => Promise<void>;

  /** Later calls reject with `stopped`. */
  readonly close: () => Promise<void>;
}
