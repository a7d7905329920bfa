import type { ContactBook } from './contact-book.ts';
import type { EventLog } from './event-log.ts';
import type { Store } from './store.ts';
import { exportStore } from './stores/export.ts';
import { importInto } from './stores/import.ts';
import type { ImportResult } from './stores/record.ts';
import type { World } from './world.ts';

export type { ImportResult } from './stores/record.ts';

/**
 * A profile's contents as text and back (docs/EXPORT.md), bit by bit: only a small part is in memory
 * at a time, while the peer goes on working.
 */
export interface Transfer {
  /** Everything stored, as it was when the reading began, in chunks of any size. */
  readonly exportAll: () => AsyncIterable<string>;
  /** Adds what is not there yet. Rejects with `import-invalid`, `import-newer` or `storage`. */
  readonly importAll: (text: AsyncIterable<string>) => Promise<ImportResult>;
}

interface Deps {
  readonly world: World;
  readonly store: Store;
  readonly events: EventLog;
  readonly book: ContactBook;
  /** There may be new contacts and messages to send. */
  readonly onImported: () => Promise<void>;
}

export function createTransfer({ world, store, events, book, onImported }: Deps): Transfer {
  return {
    exportAll: () => exportStore(store, world.now()),
    importAll: async (text) => {
      try {
        return await importInto(store, text);
      } finally {
        // An import that stopped half way has brought something too.
        await book.reload();
        events.announceGap();
        await onImported();
      }
    },
  };
}
