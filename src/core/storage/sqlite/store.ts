import { ProblemError, problem } from '../../../shared/problems/problem.ts';
import { reason } from '../../../shared/problems/problem-reasons.ts';
import type { World } from '../../base/world.ts';
import type { Store } from '../store.ts';
import * as contacts from './contacts.ts';
import { GroupCommit } from './group-commit.ts';
import * as messages from './messages.ts';
import { type OpenedDatabase, openDatabase } from './open-database.ts';
import { openDatabaseToRead } from './open-to-read.ts';
import { Purge } from './purge.ts';
import * as receipts from './receipts.ts';
import { importRecords, readRecords } from './records.ts';
import { cachedStatements } from './rows.ts';
import { WordIndex } from './search/fts-index.ts';
import { WordMerge } from './search/fts-merge.ts';
import { searchMessages } from './search/fts-search.ts';

/** Maximum number of messages marked as read per transaction, so that other work proceeds. */
const READ_AT_ONCE = 500;

export interface SqliteStoreOptions {
  /** The history's file; it and its folder are created if they are missing. */
  readonly path: string;
  readonly world: Pick<World, 'now' | 'uptime' | 'after'>;
  /**
   * Only reads, and changes nothing on disk, not even the history's own file: for `history`,
   * `export` and the like on a read-only disk. The history must exist. Each write rejects with
   * `storage` (`disk-read-only`).
   *
   * To be tried when opening as usual was refused for that reason: `openSqliteStore({ path, world,
   * readOnly: true })`.
   */
  readonly readOnly?: boolean;
}

/**
 * The store of a profile: one SQLite file, held by this process alone until `close`. Rejects with
 * `profile-in-use`, `store-newer`, `store-foreign`, `store-damaged` or `storage`, and then leaves
 * the file unchanged; an unreadable file is never replaced by a new one.
 *
 * node:sqlite may print an ExperimentalWarning (Node 24 up to some releases, and Electron builds on
 * them); a host may filter it, the store does not change the process's warnings.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, world, readOnly = false } = options;
  const opened = await (readOnly ? openDatabaseToRead : openDatabase)(path, world.now);
  return createSqliteStore(opened, { world, readOnly });
}

type Timing = Pick<World, 'uptime' | 'after'>;

/** A store on a database that is already open; closing the store closes it. */
export function createSqliteStore(
  { database, close }: OpenedDatabase,
  { world, readOnly = false }: Pick<SqliteStoreOptions, 'readOnly'> & { readonly world: Timing },
): Store {
  const sql = cachedStatements(database);
  const group = new GroupCommit(database, world);
  const read = <T>(work: () => T) => group.read(work);
  const write = <T>(work: () => T, bytes?: number) =>
    readOnly ? refuseToWrite() : group.write(work, bytes);

  const merge = new WordMerge({ sql, group, world });
  const words = new WordIndex({ sql, group, merge, world });
  const purge = new Purge({ sql, group, merge, world });
  if (!readOnly) {
    merge.start();
    words.start();
    purge.start();
  }

  return {
    settings: () => read(() => contacts.readSettings(sql)),
    saveSettings: (settings) => write(() => contacts.writeSettings(sql, settings)),

    conversations: () => read(() => contacts.readConversations(sql)),
    conversation: (id) => read(() => contacts.readConversation(sql, id)),
    saveContact: (contact) => write(() => contacts.writeContact(sql, contact)),
    removeContact: async (id, only) => {
      const removed = await write(() => contacts.removeContact(sql, id, only));
      purge.start();
      return removed;
    },
    mergeContact: async (from, into) => {
      await write(() => contacts.mergeContact(sql, from, into));
      merge.deleted(1);
    },

    addMessages: (wanted) =>
      write(
        () => {
          const added = messages.addMessages(sql, wanted);
          words.added(added);
          return added;
        },
        wanted.reduce((sum, { body }) => sum + body.length, 0),
      ),
    message: (key) => read(() => messages.findMessage(sql, key)),
    idsOfOurs: (id, ids) => read(() => messages.idsOfOurs(sql, id, ids)),
    page: (id, before, limit) => read(() => messages.readPage(sql, id, before, limit)),
    pageAfter: (id, after, limit) => read(() => messages.readPageAfter(sql, id, after, limit)),
    pending: (id, limit, after = 0) => read(() => messages.pendingMessages(sql, id, limit, after)),
    coveredByReceipt: (id, upTo, after, limit) =>
      read(() => receipts.coveredByReceipt(sql, id, { upTo, after }, limit)),
    lastRead: (id) => read(() => receipts.lastRead(sql, id)),
    lastSent: (id) => read(() => receipts.lastSent(sql, id)),
    contactsWithPending: () => read(() => messages.contactsWithPending(sql)),
    setDelivery: (changes) => write(() => messages.setDelivery(sql, changes)),
    deleteMessage: (key) =>
      write(() => {
        const deleted = messages.deleteMessage(sql, key);
        merge.deleted(deleted ? 1 : 0);
        return deleted;
      }),
    deleteMessages: async (id, upTo, limit) => {
      const deleted = await write(() => messages.deleteMessages(sql, id, upTo, limit));
      await merge.deleted(deleted.length);
      return deleted;
    },
    markRead: async (id, seq) => {
      let upTo = seq;
      const step = () => {
        // Messages added between steps are not included.
        upTo = Math.min(upTo, messages.newestSeq(sql));
        return messages.markRead(sql, id, upTo, READ_AT_ONCE);
      };
      while ((await write(step)) === READ_AT_ONCE);
    },
    heldMessages: (id) => read(() => messages.heldMessages(sql, id)),
    receivedCount: () => read(() => messages.receivedCount(sql)),

    search: (query, options) => searchMessages({ sql, read, uptime: world.uptime }, query, options),
    records: () => readRecords(sql, read),
    importRecords: (records) =>
      write(() => {
        const counts = importRecords(sql, records);
        words.added(records.flatMap((it) => (it.type === 'message' ? it.message : [])));
        return counts;
      }),

    tryWriting: () =>
      write(() => {
        // An unchanged value would not be written.
        sql(
          `INSERT INTO counters VALUES ('tried', 1)
           ON CONFLICT (key) DO UPDATE SET value = (value + 1) % 1000`,
        ).run();
      }),
    close: async () => {
      purge.stop();
      words.stop();
      merge.stop();
      group.close();
      close();
    },
  };
}

function refuseToWrite(): Promise<never> {
  return Promise.reject(new ProblemError(problem('storage', reason('disk-read-only'))));
}
