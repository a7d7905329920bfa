import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeExport, writeTextFile } from '../../../../src/core/base/atomic-file.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

/** Pieces of a text, the last of them only when the gate opens. */
function gated(piece: string, count: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const chunks = async function* () {
    for (let n = 1; n < count; n += 1) yield piece;
    started.resolve();
    await promise;
    yield piece;
  };
  return { chunks: chunks(), open: resolve, started: started.promise, whole: piece.repeat(count) };
}

async function* one(text: string) {
  yield text;
}

/** The id of a process that has ended. */
function goneProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('a file that two writers replace at once', () => {
  test.each([
    ['the first', ['a', 'b'] as const],
    ['the second', ['b', 'a'] as const],
  ])(
    'holds one version, never a mixture, when %s finishes first, and no temporary file is left',
    async (_, order) => {
      const folder = temporaryFolder();
      const file = join(folder, 'backup.ndjson');
      const writers = { a: gated('first writer\n', 200), b: gated('second writer, longer\n', 300) };
      const a = writeTextFile(file, writers.a.chunks);
      await writers.a.started;
      const b = writeTextFile(file, writers.b.chunks);
      await writers.b.started;
      const ends = { a, b };
      for (const name of order) {
        writers[name].open();
        await ends[name];
        expect(readFileSync(file, 'utf8')).toBe(writers[name].whole);
      }
      expect(readdirSync(folder)).toEqual(['backup.ndjson']);
    },
  );

  test('stays whole when one of them fails, and its temporary file is removed', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'backup.ndjson');
    const good = gated('good\n', 3);
    const written = writeTextFile(file, good.chunks);
    await good.started;
    const broken = async function* () {
      yield 'half of';
      throw new Error('the profile has gone');
    };
    await expect(writeTextFile(file, broken())).rejects.toThrow('the profile has gone');
    good.open();
    await written;
    expect(readFileSync(file, 'utf8')).toBe(good.whole);
    expect(readdirSync(folder)).toEqual(['backup.ndjson']);
  });
});

describe('an export', () => {
  test.each([
    'history.db',
    'history.db-wal',
    'identity.pem',
    'control.json',
    'page.json',
    'History.DB',
  ])('never overwrites a profile’s own %s', async (name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'identity.pem'), 'a key');
    writeFileSync(join(folder, name), 'of the profile');
    await expect(writeExport(join(folder, name), one('exported'))).rejects.toMatchObject({
      problem: { code: 'file-unusable', params: { reasonCode: 'file-ours' } },
    });
    expect(readFileSync(join(folder, name), 'utf8')).toBe('of the profile');
  });

  test('may have any other name in the profile folder, and any name elsewhere', async () => {
    const [profile, elsewhere] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(profile, 'identity.pem'), 'a key');
    for (const file of [join(profile, 'history.ndjson'), join(elsewhere, 'history.db')]) {
      await writeExport(file, one('exported'));
      expect(readFileSync(file, 'utf8')).toBe('exported');
    }
  });
});

test.each([
  ['a pipe', (file: string) => spawnSync('mkfifo', [file])],
  ['a link to a device', (file: string) => symlinkSync('/dev/null', file)],
  [
    'a link to a file of somebody else',
    (file: string) => {
      writeFileSync(`${file}.other`, 'theirs');
      symlinkSync(`${file}.other`, file);
    },
  ],
])(
  'a file of ours takes the place of %s, which is neither written to nor waited for',
  async (_, place) => {
    const file = join(temporaryFolder(), 'control.json');
    place(file);
    await writeTextFile(file, one('ours'));
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('ours');
    if (existsSync(`${file}.other`)) expect(readFileSync(`${file}.other`, 'utf8')).toBe('theirs');
  },
);

test('an export is written to a device of the user’s choice', async () => {
  await writeExport('/dev/null', one('exported'));
  expect(lstatSync('/dev/null').isFile()).toBe(false);
});

test('a file may have the longest name that the system allows', async () => {
  const folder = temporaryFolder();
  const name = `${'n'.repeat(248)}.ndjson`;
  await writeTextFile(join(folder, name), one('whole'));
  expect(readdirSync(folder)).toEqual([name]);
});

describe('temporary files that killed writers left in the folder', () => {
  const HOURS = 3_600;
  const partOf = (pid: number) => `.parley-${pid}-0badcafe.part`;

  function left(folder: string, name: string, ageInHours: number): void {
    const path = join(folder, name);
    writeFileSync(path, 'half');
    const then = Date.now() / 1_000 - ageInHours * HOURS;
    utimesSync(path, then, then);
  }

  test('are removed when the next file is written there', async () => {
    const folder = temporaryFolder();
    left(folder, partOf(goneProcess()), 2);
    await writeTextFile(join(folder, 'page.json'), one('ours'));
    expect(readdirSync(folder)).toEqual(['page.json']);
  });

  test('stay while their writer may be alive, here or on another computer that shares the folder', async () => {
    const folder = temporaryFolder();
    const names = [partOf(process.pid), partOf(goneProcess())];
    left(folder, names[0] ?? '', 50);
    left(folder, names[1] ?? '', 0);
    await writeTextFile(join(folder, 'page.json'), one('ours'));
    expect(readdirSync(folder).sort()).toEqual([...names, 'page.json'].sort());
  });

  test('are not confused with files of similar names', async () => {
    const folder = temporaryFolder();
    const pid = goneProcess();
    const others = [
      `notes-${pid}-0badcafe.part`,
      `.parley-${pid}-0badcafe.part.txt`,
      '.parley-0-0badcafe.part',
      'backup.ndjson.part',
    ];
    for (const name of others) left(folder, name, 50);
    mkdirSync(join(folder, partOf(pid)));
    utimesSync(join(folder, partOf(pid)), 0, 0);
    await writeTextFile(join(folder, 'page.json'), one('ours'));
    expect(readdirSync(folder).sort()).toEqual([...others, partOf(pid), 'page.json'].sort());
  });
});
