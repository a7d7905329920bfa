import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCutJson } from '../../../../src/renderer/frame-log/repair-json.ts';

test('complete JSON is returned unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(readCutJson(text)).toEqual({ value: JSON.parse(text), cut: false });
    }),
  );
});

test('JSON truncated anywhere can still be parsed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (value, part) => {
        const text = JSON.stringify(value);
        const kept = text.slice(0, Math.max(1, Math.floor(text.length * part)));
        expect(readCutJson(kept)).toMatchObject({ cut: kept !== text });
      },
    ),
    { numRuns: 1_000 },
  );
});

test('everything before the truncation is kept', () => {
  const text = '["push",["pipeline",1,["link","deliver"],[[[{"id":"a","body":"Hello';
  expect(readCutJson(text)?.value).toEqual([
    'push',
    ['pipeline', 1, ['link', 'deliver'], [[[{ id: 'a', body: 'Hello' }]]]],
  ]);
  expect(readCutJson('{"a":"\\u00')?.value).toEqual({ a: '' });
  expect(readCutJson('{"a":"x\\\\')?.value).toEqual({ a: 'x\\' });
  expect(readCutJson('[1,{"key')?.value).toEqual([1, { key: null }]);
});

test('text that is not JSON is not repaired', () => {
  expect(readCutJson('hello')).toBeNull();
  expect(readCutJson('')).toBeNull();
});
