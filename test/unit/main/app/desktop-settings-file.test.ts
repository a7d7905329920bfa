import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { DesktopFile } from '../../../../src/main/app/desktop-settings-file.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

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

const newFile = (): string => join(temporaryFolder(), 'desktop.json');
const fails = (error: unknown): void => {
  throw error;
};

describe('the settings file of the desktop app', () => {
  test('has defaults at first, and is not written for them', () => {
    const file = newFile();
    expect(new DesktopFile(file, fails).memory).toEqual(NOTHING);
    expect(() => statSync(file)).toThrow(/ENOENT/);
  });

  test('is restored at the next start', () => {
    const file = newFile();
    const first = new DesktopFile(file, fails);
    first.update({ closeToTray: true, places: [PLACE] });
    first.update({ spellCheck: false });
    const expected = { ...NOTHING, closeToTray: true, spellCheck: false, places: [PLACE] };
    expect(first.memory).toEqual(expected);
    expect(new DesktopFile(file, fails).memory).toEqual(expected);
  });

  test('is readable by its user only, whatever temporary file a crash has left', () => {
    const file = newFile();
    writeFileSync(`${file}.part`, 'half', { mode: 0o666 });
    new DesktopFile(file, fails).update({ closeToTray: true });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['desktop.json']);
  });

  test.each([
    ['not JSON', '{'],
    ['empty', ''],
    ['not an object', '[1, 2]'],
    ['nothing', 'null'],
    ['endless', ' '.repeat(100_000)],
  ])('has defaults when the file is %s', (_name, text) => {
    const file = newFile();
    writeFileSync(file, text);
    expect(new DesktopFile(file, fails).memory).toEqual(NOTHING);
  });

  test('keeps the valid fields of a partly invalid file', () => {
    const file = newFile();
    const text = {
      closeToTray: true,
      autoUpdate: 'no',
      places: [{ ...PLACE, state: '?' }],
      more: 1,
    };
    writeFileSync(file, JSON.stringify(text));
    expect(new DesktopFile(file, fails).memory).toEqual({ ...NOTHING, closeToTray: true });
  });

  test('never throws on a foreign file', () => {
    const file = newFile();
    const close = fc.record(
      { closeToTray: fc.anything(), places: fc.anything(), toldOfTray: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), close), (value) => {
        writeFileSync(file, JSON.stringify(value) ?? '');
        expect(Object.keys(new DesktopFile(file, fails).memory).sort()).toEqual(
          Object.keys(NOTHING).sort(),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('keeps changes in memory when a write fails, and the old file stays intact', () => {
    const file = newFile();
    new DesktopFile(file, fails).update({ closeToTray: true });
    const before = readFileSync(file, 'utf8');
    // Nothing can be written where a folder is.
    mkdirSync(join(`${file}.part`, 'taken'), { recursive: true });
    const onUnexpected = vi.fn();
    const second = new DesktopFile(file, onUnexpected);
    second.update({ spellCheck: false });
    expect(onUnexpected).toHaveBeenCalledOnce();
    expect(second.memory.spellCheck).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
