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

/** The history's file within a profile's folder. */
export const HISTORY_FILE = 'history.db';

/** What a conversation list needs about one contact, without reading its messages. */
export interface StoredConversation {
  readonly contact: Contact;
  readonly lastMessage: Message | null;
  readonly unread: number;
}

/** A message before the store has assigned its `seq`. */
export type NewMessage = Omit<Message, 'seq'>;

/** A delivery event of an outgoing message. */
export interface DeliveryChange {
  readonly contactId: ContactId;
  readonly id: MessageId;
  readonly event: DeliveryEvent;
  /** Why, when the event is a failure. */
  readonly problem: Problem | null;
}

/** Number of stored messages by a contact, and the bytes of their texts in UTF-8. */
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
 * The store of settings, contacts and messages. Each write resolves only when it is as durable as
 * the store can make it: the caller acknowledges to the user or the peer right after. Writes are
 * applied in call order. Failures reject with a `ProblemError` (`storage`), and change nothing.
 */
export interface Store {
  /** The stored settings, not validated (`usableSettings` reads them); null for none. */
  readonly settings: () => Promise<unknown>;
  readonly saveSettings: (settings: Settings) => Promise<void>;

  readonly conversations: () => Promise<readonly StoredConversation[]>;
  readonly conversation: (id: ContactId) => Promise<StoredConversation | null>;
  /** Inserts or replaces. */
  readonly saveContact: (contact: Contact) => Promise<void>;
  /**
   * Deletes the contact and all its messages; with `empty` only if it has none. Resolves with
   * whether it existed and was deleted.
   */
  readonly removeContact: (id: ContactId, only?: 'empty') => Promise<boolean>;
  /**
   * Saves `into`, moves all messages of `from` to it, keeping their `seq`, and deletes the contact
   * `from`: all or nothing. A message that `into` already has is not duplicated. Rejects with
   * `unknown-contact` unless both exist.
   */
  readonly mergeContact: (from: ContactId, into: Contact) => Promise<void>;

  /**
   * Adds messages in order. One whose (contact, author, id) is already stored is not added again;
   * the result holds only the new ones, with their `seq`. Deleted ones count as stored: a late
   * duplicate does not bring them back. Nor is an incoming message added under the id of one of
   * ours in the same conversation (`idsOfOurs`): a reply to that id would be ambiguous. Rejects
   * with `unknown-contact` before adding any.
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
  /**
   * Ids of our messages that become `read` by a receipt for `upTo`, oldest first: the `delivered`
   * ones up to it, and `upTo` itself also while it is pending. An older pending one may be a message
   * that was queued again, which the receipt must not keep from being sent. None for an unknown
   * `upTo`.
   *
   * @param after only those after this message, if it exists
   */
  readonly coveredByReceipt: (
    id: ContactId,
    upTo: MessageId,
    after: MessageId | null,
    limit: number,
  ) => Promise<readonly MessageId[]>;
  /** The newest message of theirs before the oldest unread one; null for none. */
  readonly lastRead: (id: ContactId) => Promise<MessageId | null>;
  /** The newest message of ours before the oldest pending one; null for none. */
  readonly lastSent: (id: ContactId) => Promise<MessageId | null>;
  /** Contacts that have pending messages. */
  readonly contactsWithPending: () => Promise<readonly ContactId[]>;
  /**
   * Applies delivery events to our messages as they are stored now; one that does not apply changes
   * nothing, so that a late event never lowers a state. Unknown ids are ignored. The result holds
   * the messages that changed.
   */
  readonly setDelivery: (changes: readonly DeliveryChange[]) => Promise<readonly Message[]>;
  readonly deleteMessage: (key: MessageKey) => Promise<Message | null>;
  /**
   * Deletes the oldest messages of a conversation up to and including `upTo`, at most `limit` of
   * them, as `deleteMessage` does. The result holds their ids; fewer than `limit` are the last.
   */
  readonly deleteMessages: (
    id: ContactId,
    upTo: number,
    limit: number,
  ) => Promise<readonly MessageId[]>;
  /**
   * Marks incoming messages up to `seq` as read. Many are marked in steps: concurrent reads may see
   * some unread, and a failure or a crash leaves some unread.
   */
  readonly markRead: (id: ContactId, seq: number) => Promise<void>;
  /** The storage used by a contact's messages; zero for an unknown one. */
  readonly heldMessages: (id: ContactId) => Promise<HeldMessages>;
  /** How many messages others have sent us, ever (`get_stats`). */
  readonly receivedCount: () => Promise<number>;

  /**
   * Messages that hold every word of `query`, the last one as a prefix. Any text is a valid query;
   * one without letters, digits or pictographs finds nothing. Case, accents and width do not
   * matter, and scripts written without spaces match anywhere.
   */
  readonly search: (query: string, options: SearchOptions) => Promise<SearchPage>;

  /**
   * Everything stored at the time of the call: counters, settings, contacts, messages in order,
   * deletions. Messages deleted later may be missing.
   */
  readonly records: () => AsyncIterable<StoreRecord>;
  /**
   * Adds records that do not exist yet, all or nothing; existing ones are unchanged. A message that
   * was deleted here is restored. The contact of a message must exist, or come before it.
   */
  readonly importRecords: (records: readonly StoreRecord[]) => Promise<ImportCounts>;

  /** Writes a probe to disk, to test whether writing works. Rejects as a write does. */
  readonly tryWriting: () => Promise<void>;

  /** Later calls reject with `stopped`. */
  readonly close: () => Promise<void>;
}
