import type { ContactId, Identity } from '../../shared/model/model.ts';
import type { EventLog } from '../base/event-log.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { ImportResult } from '../storage/record.ts';
import type { Store } from '../storage/store.ts';
import { exportStore } from './export.ts';
import { importInto } from './import.ts';
import type { Decision } from './imported-contacts.ts';

export type { ImportResult } from '../storage/record.ts';

/**
 * A profile's contents as text and back (docs/EXPORT.md), as a stream: only a small part is in
 * memory at a time, while the peer keeps working.
 */
export interface Transfer {
  /** Everything stored at the time of the call, in chunks of any size. */
  readonly exportAll: () => AsyncIterable<string>;
  /** Adds what does not exist yet. Rejects with `import-invalid`, `import-newer` or `storage`. */
  readonly importAll: (text: AsyncIterable<string>) => Promise<ImportResult>;
}

interface Deps {
  readonly world: World;
  readonly store: Store;
  readonly identity: Identity | null;
  readonly events: EventLog;
  readonly book: ContactBook;
  /** Applies the policy that the user had set for a contact that is a request here. */
  readonly decide: (contactId: ContactId, policy: Decision) => Promise<unknown>;
  /** There may be new contacts and messages to send. */
  readonly onImported: () => Promise<void>;
}

export function createTransfer(deps: Deps): Transfer {
  const { world, store, identity, events, book, decide, onImported } = deps;
  return {
    exportAll: () => exportStore(store, world.now()),
    importAll: async (text) => {
      const decided = new Map<ContactId, Decision>();
      try {
        return await importInto(store, text, {
          own: identity,
          onDecided: (id, policy) => decided.set(id, policy),
        });
      } finally {
        // An import that failed half-way has added something too.
        await book.conversations.reload();
        for (const [id, policy] of decided) if (book.find(id)) await decide(id, policy);
        events.announceGap();
        await onImported();
      }
    },
  };
}
