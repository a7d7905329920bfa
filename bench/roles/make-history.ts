import { join } from 'node:path';
import { HISTORY_FILE } from '../../src/peer/node-peer.ts';
import type { NewMessage } from '../../src/peer/store.ts';
import { openSqliteStore } from '../../src/peer/stores/sqlite-store.ts';
import { systemWorld } from '../../src/peer/system-world.ts';
import { uuidv7 } from '../../src/shared/ids.ts';
import { HISTORY_CONTACT } from '../lib/history.ts';
import { playRole } from '../lib/role.ts';
import { sampleTexts } from '../lib/text.ts';

export interface MakeHistoryOptions {
  readonly dataDir: string;
  readonly messages: number;
}

const PER_WRITE = 2_000;

/** Fills a profile with one long conversation, through the store itself. */
playRole<MakeHistoryOptions, null>(async ({ dataDir, messages }) => {
  const store = await openSqliteStore({ path: join(dataDir, HISTORY_FILE), world: systemWorld });
  await store.saveContact(HISTORY_CONTACT);
  const texts = sampleTexts();
  for (let done = 0; done < messages; done += PER_WRITE) {
    const length = Math.min(PER_WRITE, messages - done);
    const batch = Array.from({ length }, (_, index): NewMessage => {
      const mine = (done + index) % 2 === 0;
      return {
        id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
        contactId: HISTORY_CONTACT.id,
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
