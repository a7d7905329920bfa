import { writeSync } from 'node:fs';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { openSqliteStore } from '../../../src/core/storage/sqlite/store.ts';
import { problemOf } from '../../../src/shared/problems/problem.ts';
import { sampleContact, theirs } from './store-samples.ts';

// A process of its own for tests: `node store-writer.ts PATH hold|read|PREFIX`. It says `open`, or the
// code of the problem that kept it from opening; `read` opens only to read. With a prefix it then adds messages until it is
// killed, and says each id once its promise has resolved. Lines are written synchronously: what a
// killed process said has arrived.
const [path = '', mode = ''] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

try {
  const readOnly = mode === 'read';
  const store = await openSqliteStore({ path, world: systemWorld, readOnly });
  say('open');
  if (mode === 'hold' || readOnly) {
    setInterval(() => {}, 60_000);
  } else {
    await store.saveContact(sampleContact('ann'));
    for (let group = 0; ; group += 1) {
      const ids = Array.from({ length: 1 + (group % 5) }, (_, n) => `${mode}-${group}-${n}`);
      await Promise.all(
        ids.map(async (id) => {
          const [added] = await store.addMessages([theirs('ann', id)]);
          if (added) say(id);
        }),
      );
    }
  }
} catch (error) {
  say(problemOf(error).code);
}
