import { join } from 'node:path';
import fc from 'fast-check';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { exportStore } from '../../src/core/profile/export.ts';
import { importInto } from '../../src/core/profile/import.ts';
import { openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import { ProblemError } from '../../src/shared/problems/problem.ts';
import { type Boundary, boundaryOf, expectNamed, newFolder } from './boundary.ts';
import { mutated } from './generators/bytes.ts';
import { exportText } from './generators/export-lines.ts';

/** Exports on their way into a history on a real disk: taken or refused by name, and readable after. */
export const importedExports: Boundary = {
  name: 'exports into a history',
  runs: 40,
  open: async () => {
    const folder = newFolder();
    let made = 0;
    const attempt = async (text: string) => {
      made += 1;
      const path = join(folder.path, String(made), 'history.db');
      const store = await openSqliteStore({ path, world: systemWorld });
      try {
        await importInto(store, [text]).catch(expectRefusal);
        await readAll(store);
        // What was taken once is taken again, and changes nothing.
        const copy = await collect(exportStore(store, 0));
        const again = await importInto(store, copy);
        if (again.contacts + again.messages > 0)
          throw new Error('The same export added something.');
      } finally {
        await store.close();
      }
    };
    const damaged = mutated(exportText.map((text) => Buffer.from(text))).map(String);
    return boundaryOf(fc.oneof(exportText, damaged), attempt, async () => folder.remove());
  },
};

type Store = Awaited<ReturnType<typeof openSqliteStore>>;

async function readAll(store: Store): Promise<void> {
  await store.settings();
  for (const { contact } of await store.conversations()) {
    for (const message of (await store.page(contact.id, null, 50)).messages) {
      // What a window does with each.
      new Date(message.sentAt).toISOString();
    }
    new Date(contact.createdAt).toISOString();
  }
  await store.search('a', { contactId: null, limit: 10, before: null });
}

async function collect(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

function expectRefusal(error: unknown): void {
  if (!(error instanceof ProblemError) || !error.problem.code.startsWith('import-')) throw error;
  expectNamed(error.problem.cause);
}
