import { isPending } from '../../shared/delivery.ts';
import type { Contact, ContactId, Message, MessageId, Settings } from '../../shared/model.ts';
import { raise } from '../../shared/problem.ts';
import type { NewMessage, Store, StoredConversation } from '../store.ts';

interface Entry {
  message: Message;
  unread: boolean;
}

interface Conversation {
  contact: Contact;
  /** Ascending by `seq`. */
  readonly entries: Entry[];
}

type MessageKey = Pick<Message, 'contactId' | 'author' | 'id'>;

/**
 * A store that forgets everything when the process ends: for tests, simulations and a peer that
 * wants nothing on disk. It keeps the promises of `Store` except the one about disks.
 */
export function createMemoryStore(): Store {
  const conversations = new Map<ContactId, Conversation>();
  const byId = new Map<MessageId, Entry[]>();
  const known = new Set<string>();
  let settings: Settings | null = null;
  let lastSeq = 0;
  let received = 0;
  let closed = false;

  const keyOf = ({ contactId, author, id }: MessageKey) => `${contactId}/${author}/${id}`;
  const find = (id: MessageId) => byId.get(id)?.toSorted(oursFirst)[0] ?? null;
  const summary = ({ contact, entries }: Conversation): StoredConversation => ({
    contact,
    lastMessage: entries.at(-1)?.message ?? null,
    unread: entries.filter((entry) => entry.unread).length,
  });
  const unlink = (entry: Entry) => {
    const rest = (byId.get(entry.message.id) ?? []).filter((it) => it !== entry);
    if (rest.length > 0) byId.set(entry.message.id, rest);
    else byId.delete(entry.message.id);
  };
  const add = (added: NewMessage) => {
    const key = keyOf(added);
    const conversation = conversations.get(added.contactId) ?? raise('unknown-contact');
    if (known.has(key)) return [];
    lastSeq += 1;
    const message: Message = { ...added, seq: lastSeq };
    const entry = { message, unread: message.author === 'them' };
    if (entry.unread) received += 1;
    known.add(key);
    conversation.entries.push(entry);
    byId.set(message.id, [...(byId.get(message.id) ?? []), entry]);
    return [message];
  };

  /** Runs at once, so that calls take effect in call order; a thrown problem becomes a rejection. */
  const run = async <T>(operation: () => T): Promise<T> => {
    if (closed) raise('stopped');
    return operation();
  };

  return {
    settings: () => run(() => settings),
    saveSettings: (saved) =>
      run(() => {
        settings = saved;
      }),

    conversations: () => run(() => Array.from(conversations.values(), summary)),
    conversation: (id) =>
      run(() => {
        const found = conversations.get(id);
        return found ? summary(found) : null;
      }),
    saveContact: (contact) =>
      run(() => {
        const found = conversations.get(contact.id);
        if (found) found.contact = contact;
        else conversations.set(contact.id, { contact, entries: [] });
      }),
    removeContact: (id) =>
      run(() => {
        for (const entry of conversations.get(id)?.entries ?? []) unlink(entry);
        for (const key of known) if (key.startsWith(`${id}/`)) known.delete(key);
        conversations.delete(id);
      }),

    addMessages: (messages) =>
      run(() => {
        for (const { contactId } of messages) {
          if (!conversations.has(contactId)) raise('unknown-contact');
        }
        return messages.flatMap(add);
      }),
    message: (id) => run(() => find(id)?.message ?? null),
    page: (id, before, limit) =>
      run(() => {
        const older = (conversations.get(id)?.entries ?? []).filter(
          ({ message }) => before === null || message.seq < before,
        );
        const start = Math.max(0, older.length - limit);
        return { messages: older.slice(start).map(({ message }) => message), more: start > 0 };
      }),
    pending: (id, limit) =>
      run(() => {
        const all = (conversations.get(id)?.entries ?? []).map(({ message }) => message);
        return all.filter(isPendingMessage).slice(0, limit);
      }),
    contactsWithPending: () =>
      run(() =>
        Array.from(conversations)
          .filter(([, { entries }]) => entries.some(({ message }) => isPendingMessage(message)))
          .map(([id]) => id),
      ),
    setDelivery: (changes) =>
      run(() => {
        const changed = new Set<Entry>();
        for (const { id, state, problem } of changes) {
          const entry = find(id);
          if (entry?.message.author !== 'me') continue;
          entry.message = { ...entry.message, state, problem };
          changed.add(entry);
        }
        return Array.from(changed, ({ message }) => message);
      }),
    deleteMessage: (id) =>
      run(() => {
        const entry = find(id);
        if (!entry) return null;
        const { entries } = conversations.get(entry.message.contactId) ?? { entries: [] };
        entries.splice(entries.indexOf(entry), 1);
        unlink(entry);
        return entry.message;
      }),
    markRead: (id, seq) =>
      run(() => {
        for (const entry of conversations.get(id)?.entries ?? []) {
          if (entry.message.seq <= seq) entry.unread = false;
        }
      }),
    receivedCount: () => run(() => received),

    close: async () => {
      closed = true;
    },
  };
}

function isPendingMessage({ author, state }: Message): boolean {
  return author === 'me' && state !== 'received' && isPending(state);
}

/** Ids of ours and theirs may collide (they choose theirs): ours is meant, else the older one. */
function oursFirst(a: Entry, b: Entry): number {
  if (a.message.author !== b.message.author) return a.message.author === 'me' ? -1 : 1;
  return a.message.seq - b.message.seq;
}
