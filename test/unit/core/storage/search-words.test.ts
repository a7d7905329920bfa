import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  matchesTerms,
  searchTerms,
  searchWords,
} from '../../../../src/core/storage/search-words.ts';

const wordsOf = (body: string): readonly string[] => [...searchWords(body)].flat();

const plain = fc.stringMatching(/^[A-Za-z0-9]{1,40}$/);

test('a plain word is found under both spellings beside an accented letter', () => {
  fc.assert(
    fc.property(plain, (word) => {
      // The accent sends the same letters through the general way, which folds it off.
      expect(wordsOf(`${word}e`)).toEqual(wordsOf(`${word}é`));
      expect(wordsOf(word)).toEqual([word.toLowerCase()]);
    }),
  );
});

test('the words of a message are hardly longer than the message, whatever its signs are folded into', () => {
  const size = (text: string) => Buffer.byteLength(text);
  for (const sign of ['\ufdfa', '\ufdfb', '\ufdfa ', '㋿', 'Ⅷ', '½ ', 'ﷲ']) {
    const body = sign.repeat(10_000);
    expect(size(wordsOf(body).join(' '))).toBeLessThanOrEqual(2.5 * size(body));
  }
});

test('a short message is found by all that its signs are folded into', () => {
  expect(wordsOf('\ufdfa'.repeat(20))).toHaveLength(61);
  expect(matchesTerms(`${'\ufdfa'.repeat(20)} tea`, searchTerms('tea'))).toBe(true);
});

test.each([
  ['a Latin word', 'Straße', 'strasse'],
  ['a word with marks', 'cafe\u0301', 'cafe'],
  ['Chinese', '漢', '漢'],
  ['a Hangul syllable in parts', '\u1112\u1161\u11ab', '한'],
  ['a family of emoji', '👩‍👩‍👧', '👩 👩 👧'],
  ['a flag', '🇩🇪', '🇩🇪'],
  ['a letter beyond the first plane', '𐐨', '𐐨'],
])('%s is cut into the same words at every place in a long text', (_, written, indexed) => {
  for (let before = 0; before < written.length; before += 1) {
    // No multiple of the length of a part, so that parts end at every place in it.
    const text = `${'x'.repeat(before)} ${`${written} `.repeat(3_000)}`;
    const expected = [...Array(3_000)].flatMap(() => indexed.split(' '));
    const words = wordsOf(text).filter((word) => !/^x|^[\u{f0000}-\u{10ffff}]/u.test(word));
    expect(words).toEqual(expected);
  }
});

test('a word longer than a part of a long text stays one word', () => {
  const word = 'a'.repeat(20_000);
  expect(wordsOf(`one ${word}b two`)).toEqual(['one', 'a'.repeat(256), 'two']);
});

test('of a query as long as a file, only the beginning is read', () => {
  expect(searchTerms(`tea ${'x '.repeat(100)}`)).toHaveLength(48);
  expect(searchTerms(`tea${' '.repeat(1_000_000)}time`)).toMatchObject([{ words: ['tea'] }]);
});
