import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessage, typedLines } from '../../../../src/hosts/terminal/typed-lines.ts';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';

/** What is typed, each line as its text or as the code of why not. */
async function typed(...chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of typedLines(Readable.from(chunks))) {
    lines.push('text' in line ? line.text : `(${line.problem.code})`);
  }
  return lines;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

test('lines end with LF or CRLF, the last also at the end of input', async () => {
  expect(await typed(bytes('one\r\ntwo\n\nfour'))).toEqual(['one', 'two', '', 'four']);
  expect(await typed(bytes('a\rb'), Buffer.from('\u2028c\u0085d\n'))).toEqual([
    'a\rb\u2028c\u0085d',
  ]);
  expect(await typed()).toEqual([]);
});

test('text is read correctly however it is split into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 7 }),
      async (texts, size) => {
        const wanted = texts.map((it) => `.${it.toWellFormed().replace(/[\r\n\ufeff]/g, '_')}`);
        const all = Buffer.from(`${wanted.join('\n')}\n`);
        const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
          all.subarray(index * size, (index + 1) * size),
        );
        expect(await typed(...pieces)).toEqual(wanted);
      },
    ),
  );
});

test.each([
  ['Latin-1', bytes('caf\xe9')],
  ['UTF-16', bytes('\xff\xfeH\0i\0')],
  ['a truncated character', Buffer.from('é').subarray(0, 1)],
  ['a lone surrogate', bytes('\xed\xa0\x80')],
  ['an overlong form', bytes('\xc0\xaf')],
])('%s is refused, and the lines around it are not', async (_name, damaged) => {
  const lines = await typed(bytes('before\n'), damaged, bytes('\nafter\n'));
  expect([lines[0], lines[1], lines.at(-1)]).toEqual(['before', '(message-not-utf8)', 'after']);
  await expect(readMessage(Readable.from([damaged]))).rejects.toMatchObject({
    problem: { code: 'message-not-utf8' },
  });
});

test('a byte order mark is not part of a message', async () => {
  const marked = Buffer.from('\ufeffHi\n');
  expect(await typed(marked)).toEqual(['Hi']);
  expect(await readMessage(Readable.from([marked]))).toBe('Hi');
});

test('a line over the limit is refused when it ends, and the next one is read', async () => {
  const endless = Array.from({ length: 200 }, () => Buffer.alloc(65_536, 'x'));
  expect(await typed(...endless, bytes('\nshort\n'))).toEqual(['(message-too-long)', 'short']);
});

test('the longest message is accepted with either line end', async () => {
  const longest = 'x'.repeat(DEFAULT_LIMITS.messageBytes);
  expect(await typed(bytes(`${longest}\r\n`), bytes(`${longest}\n`))).toEqual([longest, longest]);
});
