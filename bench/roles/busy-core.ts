import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile, writeTextFile } from '../../src/core/base/atomic-file.ts';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { loadOrMakeIdentity } from '../../src/core/identity/identity-file.ts';
import { type NodePeer, startNodePeer } from '../../src/core/node-peer.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import type { ContactId } from '../../src/shared/model/model.ts';
import { HISTORY_CONTACT, OFFLINE_CONTACT, SECOND_CONTACT } from '../lib/history.ts';
import { IDLE, longestHold } from '../lib/longest-hold.ts';
import { playRole } from '../lib/role.ts';
import { sampleExport } from '../lib/sample-export.ts';
import { SAMPLE_TEXT, wordOf } from '../lib/text.ts';

export interface BusyCoreOptions {
  /** A profile of its own: it does not stay as it is. */
  readonly dataDir: string;
  /** Milliseconds that what repeats is watched, and what takes long at most. */
  readonly watch: number;
  readonly imported: number;
}

/** The longest hold of each command, milliseconds, by the command's name. */
export type Holds = Readonly<Record<string, number>>;

const PAGE = 50;
/** What is imported, made before anything is watched. */
const IMPORTED = 'import.ndjson';
/** Between two messages of somebody who types very fast. Milliseconds. */
const TYPING = 20;

/** Does what a user can do, one command after the other, and watches the event loop. */
playRole<BusyCoreOptions, Holds>(async (options) => {
  const { dataDir, imported } = options;
  // A profile with such a history has had its identity for long.
  await loadOrMakeIdentity(dataDir, systemWorld);
  await writeTextFile(join(dataDir, IMPORTED), sampleExport(imported));
  const holds: Record<string, number> = { [IDLE]: await longestHold(() => sleep(500)) };
  let peer: NodePeer | null = null;
  holds['open the profile'] = await longestHold(async () => {
    peer = await startNodePeer({
      dataDir,
      quiet: true,
      defaultName: 'Busy',
      onUnexpected: (error) => console.error(error),
    });
  });
  const started = peer as NodePeer | null;
  if (started === null) throw new Error('The peer has not started.');
  for (const [name, work] of commandsOf(started, options)) holds[name] = await longestHold(work);
  return { value: holds, stop: started.stop };
});

/** In this order, because the last ones delete what the others need. */
function commandsOf(
  { app, data }: NodePeer,
  { dataDir, watch }: BusyCoreOptions,
): readonly (readonly [string, () => Promise<unknown>])[] {
  const newest = (contactId: ContactId) => app.messages({ contactId, before: null, limit: PAGE });
  const search = (query: string) =>
    app.search({ query, contactId: null, before: null, limit: PAGE });
  const send = () => {
    const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
    return app.send({ contactId: OFFLINE_CONTACT.id, id, body: SAMPLE_TEXT });
  };
  const repeated = (work: () => Promise<unknown>) => async () => {
    const end = performance.now() + watch;
    do {
      await work();
      await sleep(1);
    } while (performance.now() < end);
  };
  /** Somebody writes and looks around meanwhile. */
  const beside = (work: () => Promise<unknown>) => async () => {
    let done = false;
    const typing = async () => {
      while (!done) {
        await Promise.all([send(), newest(OFFLINE_CONTACT.id)]);
        await sleep(TYPING);
      }
    };
    const finished = work().finally(() => {
      done = true;
    });
    await Promise.all([finished, typing()]);
  };
  /** As the hosts do, to and from a file; a long one is cut off. */
  const file = join(dataDir, 'export.ndjson');
  const exportSome = () => writeTextFile(file, forAWhile(data.exportAll(), watch * 4));
  const importSome = () => data.importAll(readTextFile(join(dataDir, IMPORTED)));
  const markAllRead = async () => {
    const last = (await newest(HISTORY_CONTACT.id)).messages.at(-1);
    await app.markRead({ contactId: HISTORY_CONTACT.id, seq: last?.seq ?? 0 });
  };
  const removeAndPurge = async () => {
    await app.removeContact({ contactId: HISTORY_CONTACT.id });
    await sleep(watch * 4);
  };
  return [
    ['open a page', repeated(() => newest(HISTORY_CONTACT.id))],
    ['search a common word', repeated(() => search(wordOf(3)))],
    ['search a rare word', repeated(() => search(wordOf(4_321)))],
    ['search two words', repeated(() => search(`${wordOf(40)} ${wordOf(90)}`))],
    ['search the first letters of a word', repeated(() => search(wordOf(700).slice(0, 2)))],
    ['search what is nowhere', repeated(() => search('xyzzy'))],
    ['send', repeated(send)],
    ['export, and send', beside(exportSome)],
    ['import, and send', beside(importSome)],
    ['mark a long conversation as read', markAllRead],
    [
      'delete a conversation, and send',
      beside(() => app.deleteConversation({ contactId: SECOND_CONTACT.id })),
    ],
    ['remove a contact, and send', beside(removeAndPurge)],
  ];
}

/** What comes within so many milliseconds. */
async function* forAWhile<T>(values: AsyncIterable<T>, length: number): AsyncGenerator<T> {
  const end = performance.now() + length;
  for await (const value of values) {
    yield value;
    if (performance.now() > end) return;
  }
}
