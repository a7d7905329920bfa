import type { DeliveryState } from '../shared/delivery.ts';
import type {
  Contact,
  ContactId,
  Message,
  MessageId,
  MessagePage,
  Settings,
} from '../shared/model.ts';
import type { Problem } from '../shared/problem.ts';

/** What a conversation list needs about one contact, without reading its messages. */
export interface StoredConversation {
  readonly contact: Contact;
  readonly lastMessage: Message | null;
  readonly unread: number;
}

/** A message before the store has given it its `seq`. */
export type NewMessage = Omit<Message, 'seq'>;

export interface DeliveryChange {
  readonly id: MessageId;
  readonly state: DeliveryState;
  readonly problem: Problem | null;
}

/**
 * Where settings, contacts and messages live. Each write resolves only when it is as durable as the
 * store can make it: the caller acknowledges to the user or the peer right after. Writes are applied
 * in call order. Failures reject with a `ProblemError` (`storage`), and change nothing.
 */
export interface Store {
  readonly settings: () => Promise<Settings | null>;
  readonly saveSettings: (settings: Settings) => Promise<void>;

  readonly conversations: () => Promise<readonly StoredConversation[]>;
  readonly conversation: (id: ContactId) => Promise<StoredConversation | null>;
  /** Inserts or replaces. */
  readonly saveContact: (contact: Contact) => Promise<void>;
  /** Deletes the contact and all its messages. */
  readonly removeContact: (id: ContactId) => Promise<void>;

  /**
   * Adds messages in order. One whose (contact, author, id) is already stored is not added again;
   * the answer holds only the new ones, with their `seq`.
   */
  readonly addMessages: (messages: readonly NewMessage[]) => Promise<readonly Message[]>;
  readonly message: (id: MessageId) => Promise<Message | null>;
  readonly page: (id: ContactId, before: number | null, limit: number) => Promise<MessagePage>;
  /** Our messages to this contact that are `queued` or `sending`, oldest first. */
  readonly pending: (id: ContactId, limit: number) => Promise<readonly Message[]>;
  /** Contacts that have pending messages. */
  readonly contactsWithPending: () => Promise<readonly ContactId[]>;
  /** Writes new delivery states; the answer holds the messages as they now are. */
  readonly setDelivery: (changes: readonly DeliveryChange[]) => Promise<readonly Message[]>;
  readonly deleteMessage: (id: MessageId) => Promise<Message | null>;
  /** Marks theirs up to `seq` as read. */
  readonly markRead: (id: ContactId, seq: number) => Promise<void>;
  /** How many messages others have sent us, ever (`get_stats`). */
  readonly receivedCount: () => Promise<number>;

  readonly close: () => Promise<void>;
}
