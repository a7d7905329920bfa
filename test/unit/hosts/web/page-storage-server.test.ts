import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEPT_FILE } from '../../../../src/hosts/web/kept-file.ts';
import { PageStorageServer } from '../../../../src/hosts/web/page-storage-server.ts';
import { KEPT_LIMITS, type KeptChanges } from '../../../../src/shared/bridge/web-bridge.ts';
import type { Problem } from '../../../../src/shared/problems/problem.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function open(folder: string | null) {
  const unexpected: unknown[] = [];
  const timers: (() => void)[] = [];
  let written = Promise.withResolvers<Problem | null>();
  const storage = await PageStorageServer.open({
    folder,
    world: {
      randomBytes: (count) => new Uint8Array(count).fill(timers.length + 7),
      after: (_delay, task) => {
        timers.push(task);
        return () => void timers.splice(timers.indexOf(task), 1);
      },
    },
    onUnexpected: (error) => void unexpected.push(error),
    onWritten: (problem) => written.resolve(problem),
  });
  /** The next word about a write: what was wrong with it, or null. */
  const nextWritten = () => {
    written = Promise.withResolvers();
    return written.promise;
  };
  return { storage, unexpected, timers, nextWritten };
}

const codeOf = (task: () => void): string => {
  try {
    task();
    return 'kept';
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code ?? String(error);
  }
};

test('what pages keep is there again after a restart, for its user only', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  first.storage.keep({ 'parley.a': 'one', 'parley.b': 'two' }, null);
  first.storage.keep({ 'parley.a': null, 'parley.c': '“drei” 🎉' }, null);
  await first.storage.close();
  const again = await open(folder);
  expect(again.storage.get()).toEqual({
    id: first.storage.get().id,
    values: { 'parley.b': 'two', 'parley.c': '“drei” 🎉' },
  });
  expect(readdirSync(folder)).toEqual([KEPT_FILE]);
  if (process.platform !== 'win32') {
    expect(statSync(join(folder, KEPT_FILE)).mode & 0o777).toBe(0o600);
  }
  expect([...first.unexpected, ...again.unexpected]).toEqual([]);
});

test('many changes are one write', async () => {
  const folder = temporaryFolder();
  const { storage, timers } = await open(folder);
  for (let count = 0; count < 100; count += 1) storage.keep({ 'parley.a': `${count}` }, null);
  expect(timers).toHaveLength(1);
  expect(existsSync(join(folder, KEPT_FILE))).toBe(false);
  timers[0]?.();
  await storage.close();
  expect(readFileSync(join(folder, KEPT_FILE), 'utf8')).toContain('99');
});

test.each([
  '',
  'not json',
  '{"version":2}',
  '{"version":1,"id":"x","values":{"parley.a":7}}',
  '[]',
])(
  'a file that holds %j costs what was kept, and a line in the log, not the start',
  async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, KEPT_FILE), text);
    const { storage, unexpected } = await open(folder);
    expect(storage.get().values).toEqual({});
    expect(unexpected).toHaveLength(1);
    storage.keep({ 'parley.a': 'new' }, null);
    await storage.close();
    expect((await open(folder)).storage.get().values).toEqual({ 'parley.a': 'new' });
  },
);

test('a folder that cannot be written to leaves the pages with what they have, and is told until it can', async () => {
  const folder = join(temporaryFolder(), 'not-there');
  const { storage, timers, nextWritten } = await open(folder);
  storage.keep({ 'parley.a': 'one' }, null);
  const refused = nextWritten();
  timers.shift()?.();
  expect(await refused).toMatchObject({ code: 'file-unusable' });
  expect(storage.get().values).toEqual({ 'parley.a': 'one' });
  mkdirSync(folder);
  const taken = nextWritten();
  timers.shift()?.();
  expect(await taken).toBeNull();
  expect((await open(folder)).storage.get().values).toEqual({ 'parley.a': 'one' });
  await storage.close();
});

test('without a folder nothing is written anywhere', async () => {
  const { storage, timers } = await open(null);
  storage.keep({ 'parley.a': 'one' }, null);
  expect(timers).toEqual([]);
  await storage.close();
  expect(storage.get().values).toEqual({ 'parley.a': 'one' });
});

test('all other pages hear of a change, the one that made it does not', async () => {
  const { storage } = await open(null);
  const heard: Record<'here' | 'there', KeptChanges[]> = { here: [], there: [] };
  const here = (changes: KeptChanges) => void heard.here.push(changes);
  const there = (changes: KeptChanges) => void heard.there.push(changes);
  storage.subscribe(here);
  const stop = storage.subscribe(there);
  storage.keep({ 'parley.a': 'one' }, here);
  stop();
  storage.keep({ 'parley.a': null }, here);
  expect(heard).toEqual({ here: [], there: [{ 'parley.a': 'one' }] });
});

test('what is too much or not ours is refused, all of it, and says so', async () => {
  const { storage } = await open(null);
  storage.keep({ 'parley.a': 'one' }, null);
  const big = 'x'.repeat(KEPT_LIMITS.valueBytes);
  const refusals: readonly (readonly [unknown, string])[] = [
    [{ 'parley.b': 'two', other: 'x' }, 'bad-input'],
    [{ 'parley.b': 7 }, 'bad-input'],
    [null, 'bad-input'],
    ['text', 'bad-input'],
    [{ 'parley.b': `${big}x` }, 'over-limit'],
    [{ [`parley.${'k'.repeat(KEPT_LIMITS.keyBytes)}`]: 'x' }, 'over-limit'],
    [Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`parley.${at}`, big])), 'over-limit'],
    [
      Object.fromEntries(Array.from({ length: KEPT_LIMITS.keys }, (_, at) => [`parley.${at}`, ''])),
      'over-limit',
    ],
  ];
  for (const [changes, code] of refusals) {
    expect(codeOf(() => storage.keep(changes, null))).toBe(code);
    expect(storage.get().values).toEqual({ 'parley.a': 'one' });
  }
});

test('who is at the limit can still take away', async () => {
  const { storage } = await open(null);
  const half = 'x'.repeat(KEPT_LIMITS.valueBytes - 100);
  for (let at = 0; at < 8; at += 1) storage.keep({ [`parley.${at}`]: half }, null);
  expect(codeOf(() => storage.keep({ 'parley.more': half }, null))).toBe('over-limit');
  expect(codeOf(() => storage.keep({ 'parley.0': null, 'parley.1': 'short' }, null))).toBe('kept');
});
