import type { EventBatch } from '../../shared/bridge/events.ts';
import type { Contact, ContactId, Message } from '../../shared/model/model.ts';
import { utf8Length } from '../../shared/model/text.ts';
import type { EventLog } from '../base/event-log.ts';
import { THIS_COMPUTER } from '../base/network-of.ts';
import type { HeldMessages, Store } from '../storage/store.ts';
import type { ContactBook } from './contact-book.ts';
import { isUnchosen } from './strangers.ts';

const MIB = 1024 * 1024;

/** What those may leave on our disk whom nobody here chose. Bytes are UTF-8. */
export interface RoomLimits {
  /** A stranger who waits to be accepted: so many messages, and bytes of text. */
  readonly waitingMessages: number;
  readonly waitingBytes: number;
  /** Whoever a copy that takes everybody took, with what the disk needs beside the text. */
  readonly taken: number;
  /** All of one network, as `networkOf` counts; not behind a tunnel, where it cannot be told. */
  readonly network: number;
  readonly all: number;
}

export const ROOM: RoomLimits = {
  waitingMessages: 200,
  waitingBytes: 256 * 1024,
  taken: 8 * MIB,
  network: 32 * MIB,
  all: 128 * MIB,
};

/** About what a short message takes on the disk beside its text. */
const BESIDE_TEXT = 256;

interface Held {
  messages: number;
  bytes: number;
  readonly network: string;
}

interface Deps {
  readonly store: Pick<Store, 'heldMessages'>;
  readonly book: ContactBook;
  readonly events: EventLog;
  readonly networkOf: (contact: Contact) => string;
  /** Somebody may have room again. */
  readonly onRoom: () => void;
  /** Somebody had none, other than a request that is full: the user may want to look. */
  readonly onFull: () => void;
  readonly limits?: RoomLimits;
}

/** Room that is kept for messages about to be stored. */
export interface Kept {
  /** These were stored; what was kept for others is free again. */
  readonly stored: (messages: readonly Message[]) => void;
}

const UNBOUNDED: Kept = { stored: () => {} };

/**
 * How much of the disk is taken by messages of those whom nobody here chose: bounded for each, for
 * each network, and for all, since identities cost nothing. It is free again when the user accepts,
 * removes or deletes.
 */
export class StrangerRoom {
  readonly #deps: Deps;
  readonly #limits: RoomLimits;
  readonly #held = new Map<ContactId, Held>();
  readonly #ofNetworks = new Map<string, number>();
  #all = 0;
  #loaded: Promise<void> | null = null;
  #isLoaded = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#limits = deps.limits ?? ROOM;
    deps.events.subscribe(deps.events.seq, (batch) => this.#follow(batch));
  }

  /** Keeps room for texts of this contact; null when there is none. */
  async keep(id: ContactId, bodies: readonly string[]): Promise<Kept | null> {
    const contact = this.#deps.book.find(id)?.contact;
    if (!contact || !isUnchosen(contact)) return UNBOUNDED;
    if (!this.#isLoaded || !this.#held.has(id)) await this.#count(contact);
    const held = this.#held.get(id);
    // Forgotten or accepted meanwhile.
    if (!held) return UNBOUNDED;
    const wanted = sizeOf(bodies);
    if (!this.#fits(contact, held, wanted)) return null;
    this.#add(id, wanted, 1);
    return {
      stored: (messages) => {
        // Mostly all of it was stored: nothing changes.
        if (messages.length === bodies.length) return;
        this.#add(id, wanted, -1);
        this.#add(id, sizeOf(messages.map(({ body }) => body)), 1);
      },
    };
  }

  #fits({ policy }: Contact, held: Held, wanted: HeldMessages): boolean {
    const { waitingMessages, waitingBytes, taken, network, all } = this.#limits;
    const isWaiting = policy === 'request';
    if (isWaiting && (held.messages >= waitingMessages || held.bytes >= waitingBytes)) return false;
    const more = onDisk(wanted);
    const ofNetwork =
      held.network === THIS_COMPUTER ? 0 : (this.#ofNetworks.get(held.network) ?? 0);
    const isFull =
      (!isWaiting && onDisk(held) + more > taken) ||
      ofNetwork + more > network ||
      this.#all + more > all;
    if (isFull) this.#deps.onFull();
    return !isFull;
  }

  #add(id: ContactId, { messages, bytes }: HeldMessages, sign: 1 | -1): void {
    const held = this.#held.get(id);
    if (!held) return;
    const before = onDisk(held);
    held.messages = Math.max(0, held.messages + sign * messages);
    held.bytes = Math.max(0, held.bytes + sign * bytes);
    this.#take(held.network, onDisk(held) - before);
  }

  #put(id: ContactId, held: Held): void {
    this.#drop(id);
    this.#held.set(id, held);
    this.#take(held.network, onDisk(held));
  }

  #take(network: string, bytes: number): void {
    this.#all += bytes;
    const left = (this.#ofNetworks.get(network) ?? 0) + bytes;
    if (left > 0) this.#ofNetworks.set(network, left);
    else this.#ofNetworks.delete(network);
  }

  #drop(id: ContactId): boolean {
    const held = this.#held.get(id);
    if (!held) return false;
    this.#held.delete(id);
    this.#take(held.network, -onDisk(held));
    return true;
  }

  async #count(contact: Contact): Promise<void> {
    this.#loaded ??= this.#load();
    const loading = this.#loaded;
    await loading;
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
    if (this.#held.has(id)) return;
    const counted = await store.heldMessages(id);
    const isThere = book.find(id);
    if (!this.#held.has(id) && isThere && isUnchosen(isThere.contact)) {
      this.#put(id, { ...counted, network: networkOf(contact) });
    }
  }

  #follow(batch: EventBatch): void {
    let isFreed = false;
    if (batch.type === 'gap') {
      isFreed = this.#held.size > 0;
      for (const id of [...this.#held.keys()]) this.#drop(id);
      this.#loaded = null;
      this.#isLoaded = false;
    } else {
      for (const { event } of batch.events) {
        // What is dropped is counted anew when it is next asked for.
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
  return bytes + messages * BESIDE_TEXT;
}
