import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { startNodePeer } from '../../src/core/node-peer.ts';
import { HISTORY_FILE } from '../../src/core/storage/store.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

// Windows ends a session without giving apps the time to stop: what the core does within one call.

test('a halted peer has stored everything it accepted before when the call returns', async () => {
  const alice = await RealPeer.start('Alice');
  const bob = await RealPeer.start('Bob');
  const contactId = await alice.connect(`127.0.0.1:${bob.port}`);
  const ids = Array.from({ length: 20 }, () => uuidv7(systemWorld.now(), systemWorld.randomBytes));
  const sent = ids.map((id) => alice.peer.app.send({ contactId, id, body: `said ${id}` }));
  // The commands have come as far as the store; nothing has been waited for.
  await new Promise(process.nextTick);
  alice.peer.halt();

  const file = join(alice.dataDir, HISTORY_FILE);
  // A clean close takes the write-ahead log along: the next start searches for no damage.
  expect(existsSync(`${file}-wal`)).toBe(false);
  const outcomes = await Promise.allSettled(sent);
  const accepted = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled');

  const { dataDir } = alice;
  const again = await startNodePeer({
    dataDir,
    quiet: true,
    defaultName: 'Alice',
    onUnexpected: (error) => expect(error).toBeUndefined(),
  });
  const { messages } = await again.app.messages({ contactId, before: null, limit: 100 });
  const kept = messages.map(({ id }) => id);
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.filter((id) => !kept.includes(id))).toEqual([]);
  await again.stop();
  // Quitting may still follow.
  await alice.stop();
  expect(alice.unexpected).toEqual([]);
});
