import type { Identity } from '../address/identity-text.ts';
import type { Problem } from '../problems/problem.ts';
import type { DeliveryState } from './delivery.ts';

export type { Identity };
export type ContactId = string;
export type MessageId = string;

/** Where one of our own addresses can be reached from. */
export type AddressKind = 'this-computer' | 'lan' | 'vpn' | 'virtual';

export interface OwnAddress {
  /** As a friend would type it: `192.168.1.20:8080`. */
  readonly address: string;
  readonly kind: AddressKind;
}

/** Ourselves, as our own windows show us. */
export interface Self {
  readonly name: string;
  readonly identity: Identity | null;
  /** Where we listen; null while we do not, with the reason in `problem`. */
  readonly listening: { readonly host: string; readonly port: number } | null;
  readonly problem: Problem | null;
  /** What is wrong on this side though we run, until it is over: a full disk, say. */
  readonly warnings: readonly Problem[];
  readonly addresses: readonly OwnAddress[];
  readonly settings: Settings;
  readonly version: string;
}

/** What the user may change. `port` is what was asked for; `Self.listening` is what we got. */
export interface Settings {
  readonly name: string;
  readonly port: number;
  /** Who may reach us at all: it decides the addresses that we listen on. */
  readonly reach: Reach;
  /** From where callers of the open contract (unverified, not encrypted) are answered. */
  readonly openContract: Reach;
  /** Whether contacts learn what we have read. */
  readonly receipts: boolean;
  /** Whether contacts learn that we are typing. */
  readonly typing: boolean;
}

/** `network`: every computer that has a route to this one. */
export type Reach = 'this-computer' | 'network';

/** `request`: a stranger who called us; `blocked`: never heard, never dialled. */
export type Policy = 'request' | 'accepted' | 'blocked';

/**
 * How a contact is spoken to.
 * - `unknown`: never reached yet
 * - `parley`: mutually authenticated TLS, durable delivery
 * - `open`: the open contract, unverified and not encrypted
 * - `guest`: called us without leaving an address; cannot be answered
 */
export type ContactKind = 'unknown' | 'parley' | 'open' | 'guest';

/**
 * Why we believe that a contact is who it says.
 * - `none`: there is no identity to believe in
 * - `first-use`: the key that answered when we first met
 * - `invite`: the key that an invite promised
 * - `verified`: the user has compared the safety number
 */
export type Trust = 'none' | 'first-use' | 'invite' | 'verified';

/** A place where a contact has answered us. */
export interface ReachedAddress {
  /** `host:port`, without a scheme. */
  readonly address: string;
  /** When it last did, Unix milliseconds. */
  readonly at: number;
}

export interface Contact {
  readonly id: ContactId;
  readonly kind: ContactKind;
  /** What the contact calls itself, made safe to show; the address while that is not known. */
  readonly name: string;
  readonly identity: Identity | null;
  readonly trust: Trust;
  /**
   * Where it may be: what we reached, what the user typed, and what the contact says of itself. Most
   * recently learned first.
   */
  readonly addresses: readonly string[];
  /** Where it has proven itself when we dialled; only there does a typed address mean it. */
  readonly reached: readonly ReachedAddress[];
  readonly policy: Policy;
  /** Where it says that it can be reached, over its own link; believed only as far as to dial it. */
  readonly claimed: readonly string[];
  /** Whether the user here wanted this contact; a copy that takes everybody takes others by itself. */
  readonly chosen: boolean;
  /** Kept at the top of the list. */
  readonly pinned: boolean;
  /** Makes no sound and shows no notification. */
  readonly muted: boolean;
  /**
   * The newest message of ours that had gone to an earlier key, when the key has changed: receipts of
   * the new one say nothing about it and those before.
   */
  readonly earlierKeyUpTo?: MessageId | undefined;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** The steps of connecting, in order. */
export type ConnectStep = 'find' | 'reach' | 'secure' | 'recognise';
export const CONNECT_STEPS: readonly ConnectStep[] = ['find', 'reach', 'secure', 'recognise'];

/** The live side of a contact. `offline` with a `retryAt` is tried again by itself. */
export type LinkState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly step: ConnectStep }
  | {
      readonly phase: 'online';
      readonly transport: 'parley' | 'websocket' | 'batch';
      /** Why they take no messages at the moment, though they are there; absent while they do. */
      readonly problem?: Problem;
    }
  | {
      readonly phase: 'offline';
      readonly problem: Problem;
      /** The key that answered in place of the contact's; absent if none did. */
      readonly foundIdentity?: Identity;
      /** Unix milliseconds of the next attempt; null when there will be none. */
      readonly retryAt: number | null;
    };

export interface Message {
  readonly id: MessageId;
  readonly contactId: ContactId;
  readonly author: 'me' | 'them';
  readonly body: string;
  /** The sender's clock, Unix milliseconds. */
  readonly sentAt: number;
  /** Our own order of acceptance, ascending over the whole profile. It is the page cursor. */
  readonly seq: number;
  /** `received` for theirs. */
  readonly state: DeliveryState | 'received';
  /** Why it is `failed` or `unconfirmed`. */
  readonly problem: Problem | null;
  /** The message that this one answers; it may be one that we do not have. */
  readonly replyTo: MessageId | null;
}

/** What tells a message from every other: ids are made by their authors, who may be hostile. */
export type MessageKey = Pick<Message, 'contactId' | 'author' | 'id'>;

export interface Conversation {
  readonly contact: Contact;
  readonly link: LinkState;
  readonly lastMessage: Message | null;
  readonly unread: number;
}

/** Everything but the messages, which are read by page. `seq` is the last event it includes. */
export interface Snapshot {
  readonly seq: number;
  readonly self: Self;
  readonly conversations: readonly Conversation[];
  /** The newest message's `seq` when the core started: what is newer has arrived since. 0: none. */
  readonly arrivedAfter: number;
}

export interface MessagePage {
  /** Ascending by `seq`. */
  readonly messages: readonly Message[];
  /** Whether there are more in the direction that was read: older ones, or newer ones (`after`). */
  readonly more: boolean;
}

export interface SearchHit {
  readonly message: Message;
  /** The part of the body around the first match, on one line; an ellipsis marks what was cut. */
  readonly excerpt: string;
}

export interface SearchPage {
  /** Newest first. */
  readonly hits: readonly SearchHit[];
  /** Whether older ones match too. */
  readonly more: boolean;
}
