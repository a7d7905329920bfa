import { expect, test } from 'vitest';
import { withLineFeeds } from '../../../../../src/renderer/conversation/log/line-ends.ts';

test.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
  'a line that ends with %j is one line in the page too',
  (end) => {
    expect(withLineFeeds(`one${end}two${end}${end}three`)).toBe('one\ntwo\n\nthree');
  },
);
