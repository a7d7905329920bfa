import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEPT_FILE } from '../../../../src/hosts/web/kept-file.ts';
import { PageShelf } from '../../../../src/hosts/web/page-shelf.ts';
import { KEPT_LIMITS, type KeptChanges } from '../../../../src/shared/bridge/web-bridge.ts';
import type { Problem } from '../../../../src/shared/problems/problem.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function open(folder: string | null) {
  const unexpected: unknown[] = [];
  const timers: (() => void)[] = [];
  let written = Promise.withResolvers<Problem | null>();
  const shelf = await PageShelf.open({
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
  return { shelf, unexpected, timers, nextWritten };
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
  first.shelf.keep({ 'parley.a': 'one', 'parley.b': 'two' }, null);
  first.shelf.keep({ 'parley.a': null, 'parley.c': '“drei” 🎉' }, null);
  await first.shelf.close();
  const again = await open(folder);
  expect(again.shelf.get()).toEqual({
    id: first.shelf.get().id,
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
  const { shelf, timers } = await open(folder);
  for (let count = 0; count < 100; count += 1) shelf.keep({ 'parley.a': `${count}` }, null);
  expect(timers).toHaveLength(1);
  expect(existsSync(join(folder, KEPT_FILE))).toBe(false);
  timers[0]?.();
  await shelf.close();
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
    const { shelf, unexpected } = await open(folder);
    expect(shelf.get().values).toEqual({});
    expect(unexpected).toHaveLength(1);
    shelf.keep({ 'parley.a': 'new' }, null);
    await shelf.close();
    expect((await open(folder)).shelf.get().values).toEqual({ 'parley.a': 'new' });
  },
);

test('a folder that cannot be written to leaves the pages with what they have, and is told until it can', async () => {
  const folder = join(temporaryFolder(), 'not-there');
  const { shelf, timers, nextWritten } = await open(folder);
  shelf.keep({ 'parley.a': 'one' }, null);
  const refused = nextWritten();
  timers.shift()?.();
  expect(await refused).toMatchObject({ code: 'file-unusable' });
  expect(shelf.get().values).toEqual({ 'parley.a': 'one' });
  mkdirSync(folder);
  const taken = nextWritten();
  timers.shift()?.();
  expect(await taken).toBeNull();
  expect((await open(folder)).shelf.get().values).toEqual({ 'parley.a': 'one' });
  await shelf.close();
});

test('without a folder nothing is written anywhere', async () => {
  const { shelf, timers } = await open(null);
  shelf.keep({ 'parley.a': 'one' }, null);
  expect(timers).toEqual([]);
  await shelf.close();
  expect(shelf.get().values).toEqual({ 'parley.a': 'one' });
});

test('all other pages hear of a change, the one that made it does not', async () => {
  const { shelf } = await open(null);
  const heard: Record<'here' | 'there', KeptChanges[]> = { here: [], there: [] };
  const here = (changes: KeptChanges) => void heard.here.push(changes);
  const there = (changes: KeptChanges) => void heard.there.push(changes);
  shelf.subscribe(here);
  const stop = shelf.subscribe(there);
  shelf.keep({ 'parley.a': 'one' }, here);
  stop();
  shelf.keep({ 'parley.a': null }, here);
  expect(heard).toEqual({ here: [], there: [{ 'parley.a': 'one' }] });
});

test('what is too much or not ours is refused, all of it, and says so', async () => {
  const { shelf } = await open(null);
  shelf.keep({ 'parley.a': 'one' }, null);
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
    expect(codeOf(() => shelf.keep(changes, null))).toBe(code);
    expect(shelf.get().values).toEqual({ 'parley.a': 'one' });
  }
});

test('who is at the limit can still take away', async () => {
  const { shelf } = await open(null);
  const half = 'x'.repeat(KEPT_LIMITS.valueBytes - 100);
  for (let at = 0; at < 8; at += 1) shelf.keep({ [`parley.${at}`]: half }, null);
  expect(codeOf(() => shelf.keep({ 'parley.more': half }, null))).toBe('over-limit');
  expect(codeOf(() => shelf.keep({ 'parley.0': null, 'parley.1': 'short' }, null))).toBe('kept');
});
