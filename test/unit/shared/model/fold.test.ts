import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { markWords } from '../../../../src/renderer/state/marks.ts';
import { folded, originEndOf, originOf } from '../../../../src/shared/model/fold.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom(...'aŁßœ ِمّ\u0640שָׁ한\u1112\u1161\u11abｶﾞ½👩\u200d💻🏽🇩🇪\u00ad'))
    .map((it) => it.join('')),
);

describe('a folded text', () => {
  test('maps back to positions of the original, in order and to its end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const it = folded(text);
        let before = 0;
        for (let index = 0; index <= it.text.length; index += 1) {
          const origin = originOf(it, index);
          expect(origin).toBeGreaterThanOrEqual(before);
          expect(originEndOf(it, index)).toBeGreaterThanOrEqual(index === 0 ? 0 : before);
          before = origin;
        }
        if (it.text !== '') expect(originEndOf(it, it.text.length)).toBe(text.length);
      }),
    );
  });

  test('is the concatenation of its folded characters, whether in a run or not', () => {
    const plain = fc.oneof(
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code)),
    );
    const marked = fc.tuple(plain, fc.constantFrom('\u0301', 'ﾞ')).map((it) => it.join(''));
    const other = fc.constantFrom('Ł', 'ß', '한', '👩', '\u00ad', '\u2003', 'ｶ');
    const signs = fc.array(fc.oneof({ weight: 4, arbitrary: plain }, marked, other));
    fc.assert(
      fc.property(signs, (pieces) => {
        const parts = pieces.map((piece) => folded(piece).text);
        const it = folded(pieces.join(''));
        expect(it.text).toBe(parts.join(''));
        let [unit, start] = [0, 0];
        for (const [index, part] of parts.entries()) {
          for (const _ of Array.from({ length: part.length })) {
            expect(originOf(it, unit)).toBe(start);
            unit += 1;
          }
          start += pieces[index]?.length ?? 0;
        }
      }),
    );
  });

  test('has each Chinese character of a run as it is, and as it is by itself', () => {
    const all = Array.from({ length: 0xa000 - 0x4e00 }, (_, at) =>
      String.fromCharCode(0x4e00 + at),
    );
    const run = all.join('');
    expect(folded(`${run}É`).text).toBe(`${run}e`);
    expect(run.normalize('NFKD').toLowerCase()).toBe(run);
  });

  test('is the same for every composition of its characters', () => {
    for (const text of ['Łódź', '한국어', 'ガラス', 'שָׁלוֹם', 'مُحَمَّد', 'Ngữ']) {
      expect(folded(text.normalize('NFD')).text).toBe(folded(text.normalize('NFC')).text);
    }
  });

  test.each([
    ['two classes in reverse order', `a${'\u0315'.repeat(16_000)}${'\u0316'.repeat(16_000)}`],
    ['marks that decompose', `a${'\u0344'.repeat(16_000)}${'\u0316'.repeat(16_000)}`],
    ['no base character', '\u0315\u0316'.repeat(16_000)],
    ['voicing marks of kana', `ｶ${'\uff9e\u0316'.repeat(16_000)}`],
    ['marks on ASCII between ASCII', `ab${'\u0315'.repeat(16_000)}\u0316cd`],
  ])('normalizes a bounded part at a time, whatever run of marks it has: %s', (_, text) => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    try {
      expect(folded(text).at?.at(-1)).toBe(text.length);
      const lengths = normalize.mock.contexts.map((it) => String(it).length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(2 + 2 * 30);
    } finally {
      normalize.mockRestore();
    }
  });

  test('keeps what distinguishes words', () => {
    for (const [a, b] of [
      ['が', 'か'],
      ['कि', 'की'],
      ['ไม่', 'ไม้'],
      ['🇩🇪', '🇫🇷'],
      ['o', '0'],
    ] as const) {
      expect(folded(a).text).not.toBe(folded(b).text);
    }
  });
});

describe('the highlighting of search hits', () => {
  test.each([
    ['lodz', 'do Łodzi, do Łódź!', ['Łodz', 'Łódź']],
    ['strasse', 'Die Straße hier', ['Straße']],
    ['ss', 'Die Straße hier', ['ß']],
    ['محمد', 'قال مُحَمَّد نعم', ['مُحَمَّد']],
    ['wordbreak', 'a word\u00adbreak', ['word\u00adbreak']],
    ['C++', 'c, C++ and c++', ['C++', 'c++']],
    ['hello,', 'Hello world', ['Hello']],
    ['🇩🇪', '🇫🇷🇩🇪', ['🇩🇪']],
    ['界', '世界。', ['界']],
    ['(x', 'f(x) and x', ['(x', 'x']],
  ])('for %j in %j marks the hits', (query, text, hits) => {
    const parts = markWords(text, query);
    expect(parts.filter(({ hit }) => hit).map((part) => part.text)).toEqual(hits);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });

  test('returns marked and unmarked parts that together are the whole text', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, query) => {
        expect(
          markWords(text, query)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
