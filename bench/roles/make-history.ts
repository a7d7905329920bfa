import { join } from 'node:path';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import type { NewMessage } from '../../src/core/storage/store.ts';
import { HISTORY_FILE } from '../../src/core/storage/store.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { HISTORY_CONTACT, OFFLINE_CONTACT, SECOND_CONTACT } from '../lib/history.ts';
import { playRole } from '../lib/role.ts';
import { sampleTexts } from '../lib/text.ts';

export interface MakeHistoryOptions {
  readonly dataDir: string;
  readonly messages: number;
}

const PER_WRITE = 2_000;

/** Fills a profile with one long conversation and one of a tenth, through the store itself. */
playRole<MakeHistoryOptions, null>(async ({ dataDir, messages }) => {
  const store = await openSqliteStore({ path: join(dataDir, HISTORY_FILE), world: systemWorld });
  for (const contact of [HISTORY_CONTACT, SECOND_CONTACT, OFFLINE_CONTACT]) {
    await store.saveContact(contact);
  }
  const texts = sampleTexts();
  for (let done = 0; done < messages; done += PER_WRITE) {
    const length = Math.min(PER_WRITE, messages - done);
    const batch = Array.from({ length }, (_, index): NewMessage => {
      const number = done + index;
      const mine = number % 2 === 0;
      return {
        id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
        contactId: (number < messages / 10 ? SECOND_CONTACT : HISTORY_CONTACT).id,
        author: mine ? 'me' : 'them',
        body: texts.next().value,
        sentAt: systemWorld.now(),
        state: mine ? 'delivered' : 'received',
        problem: null,
        replyTo: null,
      };
    });
    await store.addMessages(batch);
  }
  await store.close();
  return { value: null };
});
