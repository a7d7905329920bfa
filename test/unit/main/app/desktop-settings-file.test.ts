import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ShellFile } from '../../../../src/main/app/desktop-settings-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const NOTHING = {
  closeToTray: false,
  autoUpdate: true,
  spellCheck: true,
  toldOfTray: false,
  places: [],
};
const PLACE = {
  layout: '1440x900@0,0',
  bounds: { x: -5, y: 30, width: 900, height: 700 },
  state: 'maximized',
} as const;

const newFile = (): string => join(temporaryFolder(), 'shell.json');
const fails = (error: unknown): void => {
  throw error;
};

describe('what the desktop app remembers', () => {
  test('is the usual at first, and nothing is written for that', () => {
    const file = newFile();
    expect(new ShellFile(file, fails).memory).toEqual(NOTHING);
    expect(() => statSync(file)).toThrow(/ENOENT/);
  });

  test('is still there at the next start', () => {
    const file = newFile();
    const first = new ShellFile(file, fails);
    first.update({ closeToTray: true, places: [PLACE] });
    first.update({ spellCheck: false });
    const expected = { ...NOTHING, closeToTray: true, spellCheck: false, places: [PLACE] };
    expect(first.memory).toEqual(expected);
    expect(new ShellFile(file, fails).memory).toEqual(expected);
  });

  test('is for this user’s eyes only, whatever a crash has left in its way', () => {
    const file = newFile();
    writeFileSync(`${file}.part`, 'half', { mode: 0o666 });
    new ShellFile(file, fails).update({ closeToTray: true });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['shell.json']);
  });

  test.each([
    ['not JSON', '{'],
    ['empty', ''],
    ['another kind of thing', '[1, 2]'],
    ['nothing', 'null'],
    ['endless', ' '.repeat(100_000)],
  ])('is the usual when the file is %s', (_name, text) => {
    const file = newFile();
    writeFileSync(file, text);
    expect(new ShellFile(file, fails).memory).toEqual(NOTHING);
  });

  test('keeps what is understood of a file that is partly not', () => {
    const file = newFile();
    const text = {
      closeToTray: true,
      autoUpdate: 'no',
      places: [{ ...PLACE, state: '?' }],
      more: 1,
    };
    writeFileSync(file, JSON.stringify(text));
    expect(new ShellFile(file, fails).memory).toEqual({ ...NOTHING, closeToTray: true });
  });

  test('never fails for a foreign file', () => {
    const file = newFile();
    const close = fc.record(
      { closeToTray: fc.anything(), places: fc.anything(), toldOfTray: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), close), (value) => {
        writeFileSync(file, JSON.stringify(value) ?? '');
        expect(Object.keys(new ShellFile(file, fails).memory).sort()).toEqual(
          Object.keys(NOTHING).sort(),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('holds for this run when the disk refuses it, and what was there stays whole', () => {
    const file = newFile();
    new ShellFile(file, fails).update({ closeToTray: true });
    const before = readFileSync(file, 'utf8');
    // Nothing can be written where a folder is.
    mkdirSync(join(`${file}.part`, 'taken'), { recursive: true });
    const onUnexpected = vi.fn();
    const second = new ShellFile(file, onUnexpected);
    second.update({ spellCheck: false });
    expect(onUnexpected).toHaveBeenCalledOnce();
    expect(second.memory.spellCheck).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
