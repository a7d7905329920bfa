import type { Diagnosis } from '../model/diagnosis.ts';
import type {
  ContactId,
  Identity,
  Message,
  MessageId,
  MessagePage,
  Policy,
  SavedDraft,
  SearchPage,
  Settings,
  Snapshot,
} from '../model/model.ts';
import type { WireLog } from '../model/wire.ts';
import type { InputOf, OutputOf, Source } from './channel.ts';
import type { PeerEvent } from './events.ts';

/** What the page, and a terminal, may ask of the core. */
export interface ChatCommands {
  /** Everything but the messages. */
  snapshot(input: Record<string, never>): Snapshot;
  /**
   * One page of a conversation: the newest messages below `before` (of all, when that is null), or
   * the oldest above `after`.
   */
  messages(input: {
    contactId: ContactId;
    /** Only messages whose `seq` is below this. */
    before: number | null;
    /** Only messages whose `seq` is above this, the oldest of them; `before` is then not heeded. */
    after?: number | undefined;
    /** 1 to 500. */
    limit: number;
  }): MessagePage;
  /** The message of a conversation with this id, ours if both sides have one; null if none. */
  message(input: { contactId: ContactId; messageId: MessageId }): Message | null;
  /** Messages that hold every word of `query`, the newest first; null searches everywhere. */
  search(input: {
    query: string;
    contactId: ContactId | null;
    /** Only messages whose `seq` is below this. */
    before: number | null;
    /** 1 to 500. */
    limit: number;
  }): SearchPage;
  /** Adds whoever answers at `address` as a contact (or finds it) and starts connecting. */
  connect(input: { address: string }): { contactId: ContactId };
  /**
   * Gives a contact that was never reached another address, and tries that. The answer is another
   * contact if nothing was written to this one and the address is known to be somebody's.
   */
  changeAddress(input: { contactId: ContactId; address: string }): { contactId: ContactId };
  /**
   * Forgets a contact if it is no more than an address that was typed: never reached, promised by
   * no invite, and without any message. Answers whether it was.
   */
  forgetAttempt(input: { contactId: ContactId }): boolean;
  /** Tries a contact again at once. */
  retry(input: { contactId: ContactId }): null;
  /**
   * Accepts a message for delivery: when this answers, it is in the store. `id` is made by the
   * caller; the same id twice is one message.
   */
  send(input: {
    contactId: ContactId;
    id: MessageId;
    body: string;
    /** The message that this one answers. */
    replyTo?: MessageId | null | undefined;
  }): Message;
  /**
   * Keeps what is typed in a conversation, or nothing any more. Sending it empties it. Answers the
   * event from which on the draft is this one: what earlier events say of it is out of date.
   */
  saveDraft(input: { contactId: ContactId; draft: SavedDraft | null }): { seq: number };
  /** Puts an `unconfirmed` or `failed` message back into the outbox. */
  sendAgain(input: { contactId: ContactId; messageId: MessageId }): Message;
  /** Deletes a message from our own history. */
  deleteMessage(input: {
    contactId: ContactId;
    author: Message['author'];
    messageId: MessageId;
  }): null;
  /** Deletes what a conversation holds and keeps the contact. */
  deleteConversation(input: { contactId: ContactId }): null;
  /** Deletes all contacts and all messages; identity and settings stay. */
  deleteEverything(input: Record<string, never>): null;
  /** Marks all messages of a conversation up to `seq` as read. */
  markRead(input: { contactId: ContactId; seq: number }): null;
  /**
   * Accepting somebody who can be mistaken for another contact is refused (`looks-known`) unless
   * `really` says that the user knows.
   */
  setPolicy(input: { contactId: ContactId; policy: Policy; really?: boolean | undefined }): null;
  /** Forgets a contact and its messages. */
  removeContact(input: { contactId: ContactId }): null;
  /** Changes what is given and leaves the rest; a new port is listened on at once. */
  updateSettings(input: { [Key in keyof Settings]?: Settings[Key] | undefined }): Settings;
  /**
   * Goes offline or comes back: while paused nobody reaches us, nobody is called, and what is sent
   * waits. Holds until it is taken back or the copy ends; `Self.problem` is then `paused`.
   */
  setPaused(input: { paused: boolean }): null;
  /**
   * Takes another identity for a contact's own: one that answered at its address, or that of somebody
   * who called us. A request of that identity becomes part of the contact; so does any other contact
   * with it if `merge` says so, and is refused (`identity-known`) otherwise.
   */
  acceptIdentity(input: {
    contactId: ContactId;
    identity: Identity;
    merge?: boolean | undefined;
  }): null;
  /** Says whether the user has compared the safety number with the contact. */
  setVerified(input: { contactId: ContactId; verified: boolean }): null;
  /** Keeps a conversation at the top, or silences it; leaves what is not given. */
  arrange(input: {
    contactId: ContactId;
    pinned?: boolean | undefined;
    muted?: boolean | undefined;
  }): null;
  /** Begins or ends to keep the frames that go over a contact's connection. */
  watchWire(input: { contactId: ContactId; on: boolean }): null;
  /** The frames that are kept, after number `after`. */
  wireLog(input: { contactId: ContactId; after: number }): WireLog;
  /** Tells the contact that the user is typing; forgotten again by itself after some seconds. */
  typing(input: { contactId: ContactId }): null;
  /** Examines the way to an address, layer by layer. Changes nothing; may take a minute. */
  diagnose(input: { address: string }): Diagnosis;
}

export type CommandName = keyof ChatCommands;

export type CommandInput<Name extends CommandName> = InputOf<ChatCommands[Name]>;
export type CommandOutput<Name extends CommandName> = OutputOf<ChatCommands[Name]>;

/** The core's side of them: what a host calls. A failure is a rejection with a `ProblemError`. */
export type ChatHandlers = {
  readonly [Name in CommandName]: (input: CommandInput<Name>) => Promise<CommandOutput<Name>>;
};

/** The core's whole face to a host. */
export interface PeerApp extends ChatHandlers {
  readonly subscribe: Source<PeerEvent>;
}
