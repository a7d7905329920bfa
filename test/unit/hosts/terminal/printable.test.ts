import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLine, printable, printableBlock } from '../../../../src/hosts/terminal/printable.ts';

const anything = fc.string({ unit: 'binary', maxLength: 200 });
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

test('no control sequence is ever printed', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(printable(text).replaceAll('\t', '')).not.toMatch(OBEYED);
      expect(printableBlock(text, '   ').replace(/[\t\n]/g, '')).not.toMatch(OBEYED);
      expect(jsonLine({ text })).not.toMatch(OBEYED);
    }),
  );
});

test('each control character is printed as an escape', () => {
  const codes = [0, 7, 8, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x2028, 0x2029];
  const direction = [
    0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
  ];
  for (const code of [...codes, ...direction]) {
    const written = `\\u${code.toString(16).padStart(4, '0')}`;
    expect(printable(`a${String.fromCharCode(code)}b`)).toBe(`a${written}b`);
  }
});

test('no line of a message starts like one of our own lines', () => {
  fc.assert(
    fc.property(fc.array(anything), (lines) => {
      const [, ...later] = printableBlock(lines.join('\r\n'), '   ').split('\n');
      for (const line of later) expect(line.startsWith('   ')).toBe(true);
    }),
  );
});

test('JSON lines hold the exact text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), anything, (plain, text) => {
      const parsed = JSON.parse(jsonLine({ plain, text })) as unknown;
      expect(parsed).toEqual({ plain, text });
    }),
  );
});

test('ordinary text, in any script, is unchanged', () => {
  for (const text of [
    'Hi Alice!',
    'ça va ?',
    '你好',
    'שלום',
    '👩‍👩‍👧 ok',
    'a\tb',
    '“quoted” $HOME `x`',
  ]) {
    expect(printable(text)).toBe(text);
  }
  expect(printable('half \ud83d')).toBe('half \ufffd');
});
