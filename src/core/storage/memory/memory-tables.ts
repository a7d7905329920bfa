import type {
  Contact,
  ContactId,
  Message,
  MessageId,
  MessageKey,
} from '../../../shared/model/model.ts';
import { raise } from '../../../shared/problems/problem.ts';
import type { NewMessage } from '../store.ts';

/** A stored message; `message` is replaced when its delivery state changes. */
export interface Entry {
  message: Message;
  unread: boolean;
}

export interface Folder {
  contact: Contact;
  /** Ascending by `seq`. */
  entries: Entry[];
  /** (author, id) of messages that were deleted. */
  readonly deleted: Map<string, Pick<Message, 'author' | 'id'>>;
}

type Key = Pick<Message, 'author' | 'id'>;

/** The memory store's contacts and messages, kept consistent by its methods. */
export class MemoryTables {
  readonly folders = new Map<ContactId, Folder>();
  readonly #byId = new Map<MessageId, Entry[]>();
  #lastSeq = 0;

  folder(id: ContactId): Folder {
    return this.folders.get(id) ?? raise('unknown-contact');
  }

  /** Messages in order; none for an unknown contact. */
  entries(id: ContactId): readonly Entry[] {
    return this.folders.get(id)?.entries ?? [];
  }

  /** All messages of all contacts in order. */
  all(): readonly Entry[] {
    const entries = Array.from(this.folders.values()).flatMap((folder) => folder.entries);
    return entries.sort((a, b) => a.message.seq - b.message.seq);
  }

  find({ contactId, author, id }: MessageKey): Entry | undefined {
    return this.#byId
      .get(id)
      ?.find(({ message }) => message.contactId === contactId && message.author === author);
  }

  has(contactId: ContactId, key: Key): boolean {
    return this.find({ ...key, contactId }) !== undefined;
  }

  /** Whether a message of ours in this conversation has this id, or had it. */
  isIdOfOurs(contactId: ContactId, id: MessageId): boolean {
    const key: Key = { author: 'me', id };
    const wasOurs = this.folders.get(contactId)?.deleted.has(keyText(key)) ?? false;
    return wasOurs || this.has(contactId, key);
  }

  add(added: NewMessage, unread: boolean): Message {
    this.#lastSeq += 1;
    const message: Message = { ...added, seq: this.#lastSeq };
    const entry = { message, unread };
    const folder = this.folder(message.contactId);
    folder.entries.push(entry);
    folder.deleted.delete(keyText(message));
    this.#byId.set(message.id, [...(this.#byId.get(message.id) ?? []), entry]);
    return message;
  }

  delete(entry: Entry): void {
    const { message } = entry;
    const folder = this.folder(message.contactId);
    folder.entries.splice(folder.entries.indexOf(entry), 1);
    folder.deleted.set(keyText(message), { author: message.author, id: message.id });
    this.#unlink(entry);
  }

  /** Returns whether it existed. */
  removeFolder(id: ContactId): boolean {
    for (const entry of this.entries(id)) this.#unlink(entry);
    return this.folders.delete(id);
  }

  merge(from: ContactId, into: ContactId): void {
    const source = this.folder(from);
    const target = this.folder(into);
    if (source === target) return;
    for (const entry of source.entries) {
      const key = keyText(entry.message);
      if (this.has(into, entry.message) || target.deleted.has(key)) {
        this.#unlink(entry);
      } else {
        entry.message = { ...entry.message, contactId: into };
        target.entries.push(entry);
      }
    }
    target.entries.sort((a, b) => a.message.seq - b.message.seq);
    for (const [key, value] of source.deleted) {
      if (!this.has(into, value)) target.deleted.set(key, value);
    }
    this.folders.delete(from);
  }

  #unlink(entry: Entry): void {
    const rest = (this.#byId.get(entry.message.id) ?? []).filter((it) => it !== entry);
    if (rest.length > 0) this.#byId.set(entry.message.id, rest);
    else this.#byId.delete(entry.message.id);
  }
}

/** A key for a message's author and id. */
export function keyText({ author, id }: Key): string {
  return `${author} ${id}`;
}

/** The newest message of one side before the first entry that is `open`. */
export function lastBefore(
  entries: readonly Entry[],
  author: Message['author'],
  open: (entry: Entry) => boolean,
): MessageId | null {
  const first = entries.findIndex(open);
  const before = first < 0 ? entries : entries.slice(0, first);
  return before.findLast(({ message }) => message.author === author)?.message.id ?? null;
}
