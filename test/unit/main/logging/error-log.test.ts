import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ErrorLog, LOG_FILE, OLD_LOG_FILE } from '../../../../src/main/logging/error-log.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = (maxBytes?: number) =>
  new ErrorLog({ folder, now: () => 0, ...(maxBytes !== undefined && { maxBytes }) });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('each entry is on one line, and earlier starts are kept', () => {
  log().write('started');
  log().write('one\nforged line\u2028another');
  expect(read(LOG_FILE)).toBe(
    '1970-01-01T00:00:00.000Z started\n1970-01-01T00:00:00.000Z one forged line another\n',
  );
});

test.runIf(process.platform !== 'win32')('the file is readable by its user only', () => {
  log().write('started');
  expect(statSync(join(folder, LOG_FILE)).mode & 0o777).toBe(0o600);
});

test('the file never exceeds its limit, and always has the latest entry', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 400 }), { minLength: 1, maxLength: 60 }), (all) => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
      let one = log(2_000);
      for (const [index, entry] of all.entries()) {
        if (index % 7 === 6) one = log(2_000);
        one.write(`${index} ${entry}`);
        const names = readdirSync(folder);
        expect([[LOG_FILE], [OLD_LOG_FILE, LOG_FILE]]).toContainEqual(names.sort());
        for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThan(2_001);
        expect(read(LOG_FILE).trimEnd().split('\n').at(-1)).toContain(`Z ${index}`);
      }
    }),
    { numRuns: 30 },
  );
});

test('one entry is kept however long it is', () => {
  log(1_000).write('x'.repeat(100_000));
  expect(read(LOG_FILE).length).toBeLessThan(5_000);
});

test('a failed write is ignored', () => {
  const inTheWay = join(folder, 'file');
  writeFileSync(inTheWay, '');
  const broken = new ErrorLog({ folder: inTheWay, now: () => 0 });
  expect(() => broken.write('x')).not.toThrow();
});
