import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchWords } from '../../../../src/core/storage/search-words.ts';

const plain = fc.stringMatching(/^[A-Za-z0-9]{1,40}$/);

test('a plain word is found under both spellings beside an accented letter', () => {
  fc.assert(
    fc.property(plain, (word) => {
      // The accent sends the same letters through the general way, which folds it off.
      expect(searchWords(`${word}e`)).toEqual(searchWords(`${word}é`));
      expect(searchWords(word)).toEqual([word.toLowerCase()]);
    }),
  );
});
