import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { realCaller } from '../support/network/real-caller.ts';
import { startTcp } from '../support/network/tcp-server.ts';
import { parley, runParley } from '../support/peers/parley-process.ts';

test('parley serve does not dial strangers, whatever addresses they claim', async () => {
  const bot = parley(['serve', '--name', 'Bot', '--port', '0', '--json']);
  const ready = JSON.parse(await bot.line(/"event":"ready"/)) as { readonly port: number };
  let dialled = 0;
  const target = await startTcp(
    createServer((socket) => {
      dialled += 1;
      socket.destroy();
    }),
  );
  for (let n = 0; n < 10; n += 1) {
    const caller = await realCaller(ready.port);
    await caller.link({ name: `Caller ${n}`, port: target.port });
    caller.channel.close(1000, 'bye');
    const gone = await bot.line(new RegExp(`"name":"Caller ${n}".*"phase":"offline"`));
    expect(JSON.parse(gone)).toMatchObject({ retryAt: null });
  }
  expect(dialled).toBe(0);
  await target.stop();
  await bot.stop();
});

test('parley serve keeps 8 MiB on disk of a contact it accepted automatically, defers the rest, and loses nothing', async () => {
  const dataDir = temporaryFolder();
  const bot = parley(['serve', '--name', 'Bot', '--port', '0', '--json', '--data', dataDir]);
  const ready = JSON.parse(await bot.line(/"event":"ready"/)) as { readonly port: number };
  const caller = await realCaller(ready.port);
  const link = await caller.link({ name: 'Chatty', port: null });
  const taken: string[] = [];
  let putOff = 0;
  // 40 messages of 60 KiB are counted as 21 MiB: the search index is counted too.
  for (let n = 0; n < 20; n += 1) {
    const batch = Array.from({ length: 2 }, () => ({
      id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
      body: 'x'.repeat(60 * 1024),
      sentAt: systemWorld.now(),
    }));
    const answer = await link.deliver(batch);
    taken.push(...answer.accepted);
    putOff += answer.later?.length ?? 0;
  }
  expect(taken.length + putOff).toBe(40);
  expect(taken.length * 60 * 9).toBeLessThanOrEqual(8 * 1024);
  expect(taken.length * 60 * 9).toBeGreaterThan(7 * 1024);
  const history = await runParley([
    'history',
    'Chatty',
    '--data',
    dataDir,
    '--json',
    '--limit',
    '500',
  ]);
  const ids = history.stdout
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly id: string }).id);
  expect(ids).toEqual(taken);
  // Whoever runs it is told, and once they have accepted the sender there is room.
  await bot.line(/"strangers-full"/);
  await runParley(['accept', 'Chatty', '--data', dataDir]);
  const last = uuidv7(systemWorld.now(), systemWorld.randomBytes);
  const answer = await link.deliver([{ id: last, body: 'Thanks!', sentAt: systemWorld.now() }]);
  expect(answer.accepted).toEqual([last]);
  await bot.stop();
});
