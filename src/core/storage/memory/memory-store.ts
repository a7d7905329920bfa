import { isPending, nextDelivery } from '../../../shared/model/delivery.ts';
import type { Message, MessageId, Settings } from '../../../shared/model/model.ts';
import { utf8Length } from '../../../shared/model/text.ts';
import { raise } from '../../../shared/problems/problem.ts';
import type { StoreRecord } from '../record.ts';
import { excerptOf, matchesTerms, searchTerms } from '../search-words.ts';
import type { NewMessage, Store, StoredConversation } from '../store.ts';
import { type Folder, keyText, lastBefore, MemoryTables } from './memory-tables.ts';

/**
 * A store that is lost when the process ends: for tests, simulations and a peer without a disk. It
 * keeps the contract of `Store` except for durability.
 */
export function createMemoryStore(): Store {
  const tables = new MemoryTables();
  let settings: Settings | null = null;
  let received = 0;
  let closed = false;

  /** Runs at once, so that calls take effect in call order; a thrown problem becomes a rejection. */
  const run = async <T>(operation: () => T): Promise<T> => {
    if (closed) raise('stopped');
    return operation();
  };

  const add = (message: NewMessage): readonly Message[] => {
    const { deleted } = tables.folder(message.contactId);
    const theirs = message.author === 'them';
    if (theirs && tables.isIdOfOurs(message.contactId, message.id)) return [];
    if (tables.has(message.contactId, message) || deleted.has(keyText(message))) return [];
    if (theirs) received = Math.min(received + 1, Number.MAX_SAFE_INTEGER);
    return [tables.add(message, theirs)];
  };

  const importOne = (record: StoreRecord): 'contacts' | 'messages' | null => {
    switch (record.type) {
      case 'counters':
        received = Math.max(received, record.received);
        return null;
      case 'settings':
        settings ??= record.settings;
        return null;
      case 'contact':
        if (tables.folders.has(record.contact.id)) return null;
        tables.folders.set(record.contact.id, newFolder(record.contact));
        return 'contacts';
      case 'message':
        if (tables.has(record.message.contactId, record.message)) return null;
        tables.add(record.message, record.unread && record.message.author === 'them');
        return 'messages';
      case 'deleted': {
        const { contactId, author, id } = record;
        if (!tables.has(contactId, record)) {
          tables.folder(contactId).deleted.set(keyText(record), { author, id });
        }
        return null;
      }
    }
  };

  const allRecords = (): StoreRecord[] => [
    { type: 'counters', received },
    ...(settings ? [{ type: 'settings', settings } as const] : []),
    ...Array.from(
      tables.folders.values(),
      ({ contact }) => ({ type: 'contact', contact }) as const,
    ),
    ...tables.all().map(({ message: { seq: _, ...message }, unread }) => {
      return { type: 'message', message, unread } as const;
    }),
    ...Array.from(tables.folders).flatMap(([contactId, { deleted }]) =>
      Array.from(deleted.values(), (key) => ({ type: 'deleted', contactId, ...key }) as const),
    ),
  ];

  return {
    settings: () => run(() => settings),
    saveSettings: (saved) =>
      run(() => {
        settings = saved;
      }),

    conversations: () => run(() => Array.from(tables.folders.values(), summary)),
    conversation: (id) =>
      run(() => {
        const folder = tables.folders.get(id);
        return folder ? summary(folder) : null;
      }),
    saveContact: (contact) =>
      run(() => {
        const folder = tables.folders.get(contact.id);
        if (folder) folder.contact = contact;
        else tables.folders.set(contact.id, newFolder(contact));
      }),
    removeContact: (id, only) =>
      run(() =>
        only === 'empty' && tables.entries(id).length > 0 ? false : tables.removeFolder(id),
      ),
    mergeContact: (from, into) =>
      run(() => {
        tables.merge(from, into.id);
        tables.folder(into.id).contact = into;
      }),

    addMessages: (messages) =>
      run(() => {
        for (const { contactId } of messages) tables.folder(contactId);
        return messages.flatMap(add);
      }),
    message: (key) => run(() => tables.find(key)?.message ?? null),
    idsOfOurs: (id, ids) => run(() => new Set(ids.filter((it) => tables.isIdOfOurs(id, it)))),
    page: (id, before, limit) =>
      run(() => {
        const all = tables.entries(id).map(({ message }) => message);
        const older = before === null ? all : all.filter(({ seq }) => seq < before);
        const start = Math.max(0, older.length - limit);
        return { messages: older.slice(start), more: start > 0 };
      }),
    pageAfter: (id, after, limit) =>
      run(() => {
        const all = tables.entries(id).map(({ message }) => message);
        const newer = all.filter(({ seq }) => seq > after);
        return { messages: newer.slice(0, limit), more: newer.length > limit };
      }),
    pending: (id, limit, after = 0) =>
      run(() => {
        const all = tables.entries(id).map(({ message }) => message);
        return all.filter((it) => it.seq > after && isPendingMessage(it)).slice(0, limit);
      }),
    coveredByReceipt: (id, upTo, after, limit) =>
      run(() => {
        const seqOf = (own: MessageId | null) =>
          own === null
            ? 0
            : (tables.find({ contactId: id, author: 'me', id: own })?.message.seq ?? 0);
        const [start, end] = [seqOf(after), seqOf(upTo)];
        return tables
          .entries(id)
          .map(({ message }) => message)
          .filter(({ author, seq }) => author === 'me' && seq > start && seq <= end)
          .filter((it) => it.state === 'delivered' || (it.id === upTo && isPendingMessage(it)))
          .slice(0, limit)
          .map((message) => message.id);
      }),
    lastRead: (id) => run(() => lastBefore(tables.entries(id), 'them', ({ unread }) => unread)),
    lastSent: (id) =>
      run(() => lastBefore(tables.entries(id), 'me', ({ message }) => isPendingMessage(message))),
    contactsWithPending: () =>
      run(() =>
        Array.from(tables.folders.values())
          .filter(({ entries }) => entries.some(({ message }) => isPendingMessage(message)))
          .map(({ contact }) => contact.id),
      ),
    setDelivery: (changes) =>
      run(() => {
        const changed = changes.flatMap(({ contactId, id, event, problem }) => {
          const entry = tables.find({ contactId, author: 'me', id });
          if (!entry || entry.message.state === 'received') return [];
          const state = nextDelivery(entry.message.state, event);
          if (state === entry.message.state) return [];
          entry.message = { ...entry.message, state, problem };
          return [entry];
        });
        return Array.from(new Set(changed), ({ message }) => message);
      }),
    deleteMessage: (key) =>
      run(() => {
        const entry = tables.find(key);
        if (!entry) return null;
        tables.delete(entry);
        return entry.message;
      }),
    deleteMessages: (id, upTo, limit) =>
      run(() => {
        const old = tables.entries(id).filter(({ message }) => message.seq <= upTo);
        return old.slice(0, limit).map((entry) => {
          tables.delete(entry);
          return entry.message.id;
        });
      }),
    markRead: (id, seq) =>
      run(() => {
        for (const entry of tables.entries(id)) {
          if (entry.message.seq <= seq) entry.unread = false;
        }
      }),
    heldMessages: (id) =>
      run(() => {
        const theirs = tables.entries(id).filter(({ message }) => message.author === 'them');
        const bytes = theirs.reduce((sum, { message }) => sum + utf8Length(message.body), 0);
        return { messages: theirs.length, bytes };
      }),
    receivedCount: () => run(() => received),

    search: (query, { contactId, limit, before }) =>
      run(() => {
        const terms = searchTerms(query);
        const matching = (contactId === null ? tables.all() : tables.entries(contactId))
          .map(({ message }) => message)
          .filter(({ seq, body }) => (before === null || seq < before) && matchesTerms(body, terms))
          .reverse();
        return {
          hits: matching
            .slice(0, limit)
            .map((message) => ({ message, excerpt: excerptOf(message.body, terms) })),
          more: matching.length > limit,
        };
      }),

    records: async function* () {
      yield* await run(allRecords);
    },
    importRecords: (records) =>
      run(() => {
        const there = new Set(tables.folders.keys());
        for (const record of records) {
          if (record.type === 'contact') there.add(record.contact.id);
          const id = contactOf(record);
          if (id !== null && !there.has(id)) raise('unknown-contact');
        }
        const added = records.map(importOne);
        return {
          contacts: added.filter((it) => it === 'contacts').length,
          messages: added.filter((it) => it === 'messages').length,
        };
      }),

    tryWriting: () => run(() => {}),
    close: async () => {
      closed = true;
    },
  };
}

function newFolder(contact: Folder['contact']): Folder {
  return { contact, entries: [], deleted: new Map() };
}

function summary({ contact, entries }: Folder): StoredConversation {
  return {
    contact,
    lastMessage: entries.at(-1)?.message ?? null,
    unread: entries.filter((entry) => entry.unread).length,
  };
}

function contactOf(record: StoreRecord): string | null {
  if (record.type === 'message') return record.message.contactId;
  return record.type === 'deleted' ? record.contactId : null;
}

function isPendingMessage({ author, state }: Message): boolean {
  return author === 'me' && state !== 'received' && isPending(state);
}
