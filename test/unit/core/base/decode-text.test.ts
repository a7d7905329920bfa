import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../../src/core/base/atomic-file.ts';
import { decodedText } from '../../../../src/core/base/decode-text.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

const TEXT = '{"a":"ä💬"}\r\n{"b":"二"}\nlast';
const be = (text: string) => Buffer.from(text, 'utf16le').swap16();

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, size = 1): Promise<string> {
  let text = '';
  for await (const piece of decodedText(inPieces(bytes, size))) text += piece;
  return text;
}

const bytesOf = (...numbers: readonly number[]) => Buffer.from(numbers);

describe('a text file in the encoding of another program', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a BOM', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16 with a BOM (PowerShell)', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16BE with a BOM', be(`\ufeff${TEXT}`)],
    ['UTF-16 without a BOM', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16BE without a BOM', be(TEXT)],
    ['gzip', gzipSync(TEXT)],
    ['gzip in two parts', Buffer.concat([gzipSync(TEXT.slice(0, 9)), gzipSync(TEXT.slice(9))])],
    ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
    ['Zstandard', zstdCompressSync(TEXT)],
  ])('(%s) is decoded correctly however it is split into chunks', async (_, bytes) => {
    expect(await read(bytes)).toBe(TEXT);
    expect(await read(bytes, 7)).toBe(TEXT);
    expect(await read(bytes, bytes.length)).toBe(TEXT);
  });

  test.each([
    ['nothing', bytesOf(), ''],
    ['one byte', bytesOf(0x7b), '{'],
    ['a BOM alone', bytesOf(0xef, 0xbb, 0xbf), ''],
    ['a UTF-16 BOM alone', bytesOf(0xff, 0xfe), ''],
    ['gzip of nothing', gzipSync(''), ''],
  ])('(%s) is decoded', async (_, bytes, text) => expect(await read(bytes)).toBe(text));

  test.each([
    ['ZIP', bytesOf(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0), 'file-compressed'],
    ['bzip2', Buffer.from('BZh91AY&SY'), 'file-compressed'],
    ['xz', bytesOf(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4), 'file-compressed'],
    ['7-Zip', bytesOf(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), 'file-compressed'],
    ['gzip, gzip', gzipSync(gzipSync(TEXT)), 'file-compressed'],
    ['gzip', gzipSync(TEXT).subarray(0, 25), 'file-unpacked'],
    ['gzip', Buffer.concat([gzipSync(TEXT).subarray(0, 15), Buffer.alloc(50, 7)]), 'file-unpacked'],
    ['Zstandard', bytesOf(0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4, 5, 6, 7, 8), 'file-unpacked'],
  ])('(%s) that cannot be read is reported by name', async (format, bytes, reasonCode) => {
    await expect(read(bytes)).rejects.toMatchObject({
      problem: { code: 'import-invalid', params: { line: 1, format, reasonCode } },
    });
  });

  test.each([
    ['Latin 1', Buffer.from('{"a":"\xe9"}', 'latin1'), 1],
    ['Latin 1 on its third line', Buffer.from('{}\n{}\n{"a":"\xe9"}', 'latin1'), 3],
    ['truncated UTF-8', Buffer.from('{"a":"ä').subarray(0, -1), 1],
    ['truncated UTF-16', Buffer.from('\ufeff{}', 'utf16le').subarray(0, -1), 1],
    ['UTF-16 with a lone surrogate', Buffer.from('\ufeff{\ud83d}', 'utf16le'), 1],
    ['UTF-32', bytesOf(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0), 1],
    ['a picture', bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 1],
  ])('(%s) is refused with its line, not decoded with damage', async (_, bytes, line) => {
    await expect(read(bytes)).rejects.toMatchObject({
      problem: { code: 'import-invalid', params: { line, reasonCode: 'text-encoding' } },
    });
  });

  test('is closed when its reader stops early', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('{}\n'.repeat(1_000));
      } finally {
        ended = true;
      }
    }
    for await (const piece of decodedText(endless())) {
      expect(piece).not.toBe('');
      break;
    }
    expect(ended).toBe(true);
  });
});

test('a folder and a missing file are reported by name', async () => {
  const folder = temporaryFolder();
  const readAll = async (file: string) => {
    for await (const _ of readTextFile(file));
  };
  await expect(readAll(folder)).rejects.toMatchObject({
    problem: { code: 'file-unusable', params: { reasonCode: 'file-is-folder' } },
  });
  await expect(readAll(`${folder}/none`)).rejects.toMatchObject({
    problem: { code: 'file-unusable', params: { reasonCode: 'file-missing' } },
  });
});
