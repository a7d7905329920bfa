import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureSevenZip, SQUIRREL_TOOLS } from '../../../packaging/seven-zip.ts';
import { temporaryFolder } from '../../support/basics/temporary-folder.ts';

describe('7-Zip, which Squirrel calls', () => {
  test('is copied to where Squirrel looks for it, for this processor', () => {
    const tools = temporaryFolder();
    for (const name of ['7z-x64.exe', '7z-x64.dll', '7z-arm64.exe', '7z-arm64.dll']) {
      writeFileSync(join(tools, name), name);
    }
    ensureSevenZip(tools, 'arm64');
    expect(readFileSync(join(tools, '7z.exe'), 'utf8')).toBe('7z-arm64.exe');
    expect(readFileSync(join(tools, '7z.dll'), 'utf8')).toBe('7z-arm64.dll');
    writeFileSync(join(tools, '7z.exe'), 'as its package has put it');
    ensureSevenZip(tools, 'x64');
    expect(readFileSync(join(tools, '7z.exe'), 'utf8')).toBe('as its package has put it');
  });

  test('fails the build of an installer early when missing, and says what to do', () => {
    const tools = temporaryFolder();
    expect(() => ensureSevenZip(tools, 'x64')).toThrow(/7z-x64\.exe.*Run "npm ci"/);
    expect(readdirSync(tools)).toEqual([]);
  });

  test('is in Squirrel’s package for the processors that build installers', () => {
    for (const arch of ['x64', 'arm64']) {
      for (const kind of ['exe', 'dll']) {
        expect(existsSync(join(SQUIRREL_TOOLS, `7z-${arch}.${kind}`)), `${arch} ${kind}`).toBe(
          true,
        );
      }
    }
    // Squirrel itself asks for it by this name.
    const squirrel = readFileSync(join(SQUIRREL_TOOLS, 'Squirrel.exe'));
    expect(squirrel.includes(Buffer.from('7z.exe', 'utf16le'))).toBe(true);
  });
});
