import type { Identity } from '../address/identity-text.ts';
import type { Problem } from '../problems/problem.ts';
import type { DeliveryState } from './delivery.ts';

export type { Identity };
export type ContactId = string;
export type MessageId = string;

/** From where one of our own addresses can be reached. */
export type AddressKind = 'this-computer' | 'lan' | 'vpn' | 'virtual';

export interface OwnAddress {
  /** As others would type it: `192.168.1.20:8080`. */
  readonly address: string;
  readonly kind: AddressKind;
}

/** Ourselves, as shown in our own windows. */
export interface Self {
  readonly name: string;
  readonly identity: Identity | null;
  /** Where we listen; null while we do not, with the reason in `problem`. */
  readonly listening: { readonly host: string; readonly port: number } | null;
  readonly problem: Problem | null;
  /** Current problems on this side though we run: a full disk, say. */
  readonly warnings: readonly Problem[];
  readonly addresses: readonly OwnAddress[];
  readonly settings: Settings;
  readonly version: string;
}

/** The user's settings. `port` is the requested one; `Self.listening` is the actual one. */
export interface Settings {
  readonly name: string;
  readonly port: number;
  /** Who may reach us at all: it determines the addresses that we listen on. */
  readonly reach: Reach;
  /** Which callers of the open contract (unverified, not encrypted) are answered. */
  readonly openContract: Reach;
  /** Whether contacts learn what we have read. */
  readonly receipts: boolean;
  /** Whether contacts learn that we are typing. */
  readonly typing: boolean;
}

/** `network`: every computer that has a route to this one. */
export const REACHES = ['this-computer', 'network'] as const;
export type Reach = (typeof REACHES)[number];

/** `request`: a stranger who called us; `blocked`: never heard, never dialled. */
export const POLICIES = ['request', 'accepted', 'blocked'] as const;
export type Policy = (typeof POLICIES)[number];

/**
 * How a contact is spoken to.
 * - `unknown`: never reached yet
 * - `parley`: mutually authenticated TLS, durable delivery
 * - `open`: the open contract, unverified and not encrypted
 * - `guest`: called us without leaving an address; cannot be answered
 */
export const CONTACT_KINDS = ['unknown', 'parley', 'open', 'guest'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/**
 * Why we believe that a contact is who it says.
 * - `none`: there is no identity to believe in
 * - `first-use`: the key that answered when we first met
 * - `invite`: the key that an invite promised
 * - `verified`: the user has compared the safety number
 */
export const TRUSTS = ['none', 'first-use', 'invite', 'verified'] as const;
export type Trust = (typeof TRUSTS)[number];

/** A place where a contact has answered us. */
export interface ReachedAddress {
  /** `host:port`, without a scheme. */
  readonly address: string;
  /** The time of the last answer, Unix milliseconds. */
  readonly at: number;
}

/** What the user has typed in a conversation and not sent. */
export interface SavedDraft {
  readonly body: string;
  /** The message that it answers. */
  readonly replyTo: MessageId | null;
}

export interface Contact {
  readonly id: ContactId;
  readonly kind: ContactKind;
  /** The contact's announced name, made safe to show; the address while that is unknown. */
  readonly name: string;
  readonly identity: Identity | null;
  readonly trust: Trust;
  /**
   * Where it may be: addresses that we reached, that the user typed, and that the contact claims.
   * Most recently learned first.
   */
  readonly addresses: readonly string[];
  /** Where it was authenticated when we dialled; only there does a typed address mean it. */
  readonly reached: readonly ReachedAddress[];
  readonly policy: Policy;
  /** Addresses that it announced over its own link; only dialled, never trusted. */
  readonly claimed: readonly string[];
  /** Whether the user chose this contact; an unattended peer accepts others automatically. */
  readonly chosen: boolean;
  /** Stays at the top of the list. */
  readonly pinned: boolean;
  /** Makes no sound and shows no notification. */
  readonly muted: boolean;
  /**
   * The newest message of ours sent to an earlier key, when the key has changed: receipts of the
   * new one do not apply to it and earlier ones.
   */
  readonly earlierKeyUpTo?: MessageId | undefined;
  /** Absent while there is none. It never leaves this profile: no contact sees it, no export has it. */
  readonly draft?: SavedDraft | undefined;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** The steps of connecting, in order. */
export const CONNECT_STEPS = ['find', 'reach', 'secure', 'recognise'] as const;
export type ConnectStep = (typeof CONNECT_STEPS)[number];

/** The connection state of a contact. `offline` with a `retryAt` is retried automatically. */
export type LinkState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly step: ConnectStep }
  | {
      readonly phase: 'online';
      readonly transport: 'parley' | 'websocket' | 'batch';
      /** Why it accepts no messages at the moment, though it is online; absent while it does. */
      readonly problem?: Problem;
    }
  | {
      readonly phase: 'offline';
      readonly problem: Problem;
      /** The identity that answered in place of the contact's; absent if none did. */
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
  /** `received` for incoming messages. */
  readonly state: DeliveryState | 'received';
  /** Why it is `failed` or `unconfirmed`. */
  readonly problem: Problem | null;
  /** The message that this one replies to; we may not have it. */
  readonly replyTo: MessageId | null;
}

/** The unique key of a message: ids are assigned by their authors, who may be hostile. */
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
  /** The newest message's `seq` when the core started: later ones have arrived since. 0: none. */
  readonly arrivedAfter: number;
}

export interface MessagePage {
  /** Ascending by `seq`. */
  readonly messages: readonly Message[];
  /** Whether there are more in the direction of reading: older ones, or newer ones (`after`). */
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
