import type { EventBatch } from '../../shared/bridge/events.ts';
import type { Contact, ContactId, Message } from '../../shared/model/model.ts';
import { utf8Length } from '../../shared/model/text.ts';
import type { EventLog } from '../base/event-log.ts';
import { THIS_COMPUTER } from '../base/network-of.ts';
import type { HeldMessages, Store } from '../storage/store.ts';
import type { ContactBook } from './contact-book.ts';
import { isUnchosen } from './strangers.ts';

const MIB = 1024 * 1024;

/**
 * Disk quotas for contacts that the user did not choose. Those of one request count its text (UTF-8),
 * the others the bytes on disk, search index included.
 */
export interface QuotaLimits {
  /** One request that is not accepted yet: number of messages, and bytes of text. */
  readonly waitingMessages: number;
  readonly waitingBytes: number;
  /** One contact that was accepted automatically. */
  readonly taken: number;
  /** All of one network (see `networkOf`); not applied behind a tunnel, where it is unknown. */
  readonly network: number;
  readonly all: number;
}

export const QUOTA: QuotaLimits = {
  waitingMessages: 200,
  waitingBytes: 256 * 1024,
  taken: 8 * MIB,
  network: 32 * MIB,
  all: 128 * MIB,
};

/** Approximate overhead of a short message on disk. */
const OVERHEAD_BYTES = 256;

/**
 * Bytes on disk for each byte of text, at most: the text, and the word index, which holds each word up
 * to four times (`prefix='1 2 3'`). Measured with texts of 64 KB, the index takes 2.2 times the room of
 * the text for prose, 3.7 for random words of five letters, 4.6 for those of three, and 5.7 for the
 * worst that was found (`test/support/storage/costly-text.ts`); 7.1 times while it is merged, as the file does
 * not get shorter. Not counted word by word: after a restart only the lengths of the texts are known.
 */
const DISK_PER_BYTE = 9;

interface Usage {
  messages: number;
  bytes: number;
  readonly network: string;
}

interface Deps {
  readonly store: Pick<Store, 'heldMessages'>;
  readonly book: ContactBook;
  readonly events: EventLog;
  readonly networkOf: (contact: Contact) => string;
  /** Quota was freed. */
  readonly onRoom: () => void;
  /** A quota other than that of a single request is exhausted: the user should know. */
  readonly onFull: () => void;
  readonly limits?: QuotaLimits;
}

/** Quota reserved for messages about to be stored. */
export interface Reservation {
  /** Commits the reservation for these messages and returns the rest. */
  readonly stored: (messages: readonly Message[]) => void;
}

const UNBOUNDED: Reservation = { stored: () => {} };

/**
 * Disk quota for messages of contacts that the user did not choose: per contact, per network, and in
 * total, since identities cost nothing. Freed when the user accepts or removes the contact, or deletes
 * messages.
 */
export class StrangerQuota {
  readonly #deps: Deps;
  readonly #limits: QuotaLimits;
  readonly #usage = new Map<ContactId, Usage>();
  readonly #byNetwork = new Map<string, number>();
  #total = 0;
  #loaded: Promise<void> | null = null;
  #isLoaded = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#limits = deps.limits ?? QUOTA;
    deps.events.subscribe(deps.events.seq, (batch) => this.#follow(batch));
  }

  /** Reserves quota for texts of this contact; null if it is exhausted. */
  async reserve(id: ContactId, bodies: readonly string[]): Promise<Reservation | null> {
    const contact = this.#deps.book.find(id)?.contact;
    if (!contact || !isUnchosen(contact)) return UNBOUNDED;
    if (!this.#isLoaded || !this.#usage.has(id)) await this.#count(contact);
    const held = this.#usage.get(id);
    // Removed or accepted meanwhile.
    if (!held) return UNBOUNDED;
    const wanted = sizeOf(bodies);
    if (!this.#fits(contact, held, wanted)) return null;
    this.#add(id, wanted, 1);
    return {
      stored: (messages) => {
        // Usually everything was stored.
        if (messages.length === bodies.length) return;
        this.#add(id, wanted, -1);
        this.#add(id, sizeOf(messages.map(({ body }) => body)), 1);
      },
    };
  }

  #fits({ policy }: Contact, held: Usage, wanted: HeldMessages): boolean {
    const { waitingMessages, waitingBytes, taken, network, all } = this.#limits;
    const isWaiting = policy === 'request';
    if (isWaiting && (held.messages >= waitingMessages || held.bytes >= waitingBytes)) return false;
    const more = onDisk(wanted);
    const ofNetwork = held.network === THIS_COMPUTER ? 0 : (this.#byNetwork.get(held.network) ?? 0);
    const isFull =
      (!isWaiting && onDisk(held) + more > taken) ||
      ofNetwork + more > network ||
      this.#total + more > all;
    if (isFull) this.#deps.onFull();
    return !isFull;
  }

  #add(id: ContactId, { messages, bytes }: HeldMessages, sign: 1 | -1): void {
    const held = this.#usage.get(id);
    if (!held) return;
    const before = onDisk(held);
    held.messages = Math.max(0, held.messages + sign * messages);
    held.bytes = Math.max(0, held.bytes + sign * bytes);
    this.#take(held.network, onDisk(held) - before);
  }

  #put(id: ContactId, held: Usage): void {
    this.#drop(id);
    this.#usage.set(id, held);
    this.#take(held.network, onDisk(held));
  }

  #take(network: string, bytes: number): void {
    this.#total += bytes;
    const left = (this.#byNetwork.get(network) ?? 0) + bytes;
    if (left > 0) this.#byNetwork.set(network, left);
    else this.#byNetwork.delete(network);
  }

  #drop(id: ContactId): boolean {
    const held = this.#usage.get(id);
    if (!held) return false;
    this.#usage.delete(id);
    this.#take(held.network, -onDisk(held));
    return true;
  }

  async #count(contact: Contact): Promise<void> {
    this.#loaded ??= this.#load();
    const loading = this.#loaded;
    try {
      await loading;
    } catch (error) {
      // A failed read must not refuse messages for good: the next reservation counts again.
      if (this.#loaded === loading) this.#loaded = null;
      throw error;
    }
    await this.#loadOne(contact);
    if (this.#loaded === loading) this.#isLoaded = true;
  }

  async #load(): Promise<void> {
    for (const { contact } of this.#deps.book.all()) {
      if (isUnchosen(contact)) await this.#loadOne(contact);
    }
  }

  async #loadOne(contact: Contact): Promise<void> {
    const { store, book, networkOf } = this.#deps;
    const { id } = contact;
    if (this.#usage.has(id)) return;
    const counted = await store.heldMessages(id);
    const isThere = book.find(id);
    if (!this.#usage.has(id) && isThere && isUnchosen(isThere.contact)) {
      this.#put(id, { ...counted, network: networkOf(contact) });
    }
  }

  #follow(batch: EventBatch): void {
    let isFreed = false;
    if (batch.type === 'gap') {
      isFreed = this.#usage.size > 0;
      for (const id of [...this.#usage.keys()]) this.#drop(id);
      this.#loaded = null;
      this.#isLoaded = false;
    } else {
      for (const { event } of batch.events) {
        // Recounted at the next reservation.
        if (event.type === 'conversation-removed' || event.type === 'message-removed') {
          isFreed = this.#drop(event.contactId) || isFreed;
        } else if (event.type === 'conversation-changed') {
          const { contact } = event.conversation;
          if (!isUnchosen(contact)) isFreed = this.#drop(contact.id) || isFreed;
        }
      }
    }
    if (isFreed) this.#deps.onRoom();
  }
}

function sizeOf(bodies: readonly string[]): HeldMessages {
  return {
    messages: bodies.length,
    bytes: bodies.reduce((sum, body) => sum + utf8Length(body), 0),
  };
}

function onDisk({ messages, bytes }: HeldMessages): number {
  return bytes * DISK_PER_BYTE + messages * OVERHEAD_BYTES;
}
