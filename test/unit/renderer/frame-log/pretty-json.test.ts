import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from '../../../../src/renderer/frame-log/pretty-json.ts';

test('the printed text is equivalent JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('short parts stay on one line, long ones are indented', () => {
  expect(prettyJson(['pull', 1])).toBe('["pull", 1]');
  expect(prettyJson({ a: [], b: {} })).toBe('{ "a": [], "b": {} }');
  const long = 'x'.repeat(60);
  expect(prettyJson(['push', { id: long, body: 'hello' }])).toBe(
    `[\n  "push",\n  {\n    "id": "${long}",\n    "body": "hello"\n  }\n]`,
  );
});
