import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  decodeUtf8,
  readFrame,
  splitMessages,
} from '../../../../src/peer/net/frame-guard.ts';
import type { LimitError } from '../../../../src/peer/net/limit-error.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../src/shared/limits.ts';

const limits: Limits = { ...DEFAULT_LIMITS, nesting: 8, valuesPerMessage: 60, messagesPerFrame: 5 };

function refusal(check: () => unknown): { code: string; message: string } {
  try {
    check();
  } catch (error) {
    const { code, message } = error as LimitError;
    return { code, message };
  }
  throw new Error('It was let through.');
}

/** How deep and how many, by recursion: fine for small values, and unlike the guard's own way. */
function measure(value: unknown): { depth: number; values: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, values: 1 };
  const parts = Object.values(value).map(measure);
  return {
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
    values: 1 + parts.reduce((sum, { values }) => sum + values, 0),
  };
}

const resolved = fc.jsonValue({ maxDepth: 10 }).map((value) => ['resolve', 1, [[value]]]);

describe('one message', () => {
  it('reads as JSON.parse reads it, exactly when it is within nesting and values', () => {
    fc.assert(
      fc.property(resolved, (message) => {
        const text = JSON.stringify(message);
        const { depth, values } = measure(JSON.parse(text));
        const broken = [
          ...(depth > limits.nesting ? ['nesting'] : []),
          ...(values > limits.valuesPerMessage ? ['values'] : []),
        ];
        if (broken.length > 0) {
          expect(broken).toContain(refusal(() => checkMessage(text, limits)).code);
        } else {
          expect(checkMessage(text, limits).value).toEqual(JSON.parse(text));
        }
      }),
    );
  });

  it('is refused above the nesting limit, whatever it is made of and however deep', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: DEFAULT_LIMITS.nesting + 1, max: 50_000 }),
        fc.boolean(),
        (depth, objects) => {
          const [open, close] = objects ? ['{"a":', '}'] : ['[', ']'];
          const text = `["resolve",1,${open.repeat(depth)}0${close.repeat(depth)}]`;
          const wide = { ...DEFAULT_LIMITS, valuesPerMessage: 1_000_000 };
          expect(refusal(() => checkMessage(text, wide))).toEqual({
            code: 'nesting',
            message: 'The message is nested too deep; the limit is 32 levels.',
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is taken at the nesting limit', () => {
    const deep = (depth: number) => `["resolve",1,${'['.repeat(depth)}${']'.repeat(depth)}]`;
    expect(checkMessage(deep(limits.nesting - 1), limits).calls).toBe(0);
    expect(refusal(() => checkMessage(deep(limits.nesting), limits)).code).toBe('nesting');
  });

  it('is refused when it holds too many values', () => {
    const text = JSON.stringify(['resolve', 1, [Array(60).fill(0)]]);
    expect(refusal(() => checkMessage(text, limits))).toEqual({
      code: 'values',
      message: 'The message holds too many values; the limit is 60.',
    });
  });

  it('is measured in bytes, not in characters, before it is parsed', () => {
    const small = { ...limits, frameBytes: 40 };
    const text = `["resolve",1,"${'é'.repeat(12)}"]`;
    expect(Buffer.byteLength(text)).toBe(40);
    expect(checkMessage(text, small).value[2]).toBe('é'.repeat(12));
    expect(refusal(() => checkMessage(`["resolve",1,"${'é'.repeat(13)}"]`, small))).toEqual({
      code: 'bytes',
      message: 'The message is too big; the limit is 40 bytes in one message.',
    });
    expect(refusal(() => checkMessage('['.repeat(41), small)).code).toBe('bytes');
  });

  it.each([
    ['no JSON', '["push"', 'not-json'],
    ['a bare word', 'hello', 'not-json'],
    ['an object', '{"push":1}', 'not-a-message'],
    ['null', 'null', 'not-a-message'],
    ['a number', '7', 'not-a-message'],
    ['an empty array', '[]', 'not-a-message'],
    ['an unknown kind', '["shutdown"]', 'not-a-message'],
    ['a release of nothing', '["release",1,0]', 'not-a-message'],
    ['half a release', '["release",1,0.5]', 'not-a-message'],
    ['a negative release', '["release",1,-1]', 'not-a-message'],
    ['a pipe', '["pipe"]', 'not-offered'],
    ['a stream', '["stream",["pipeline",0,["greet"],[]]]', 'not-offered'],
    ['a pushed value', '["push",[[1,2,3]]]', 'not-offered'],
    ['a pushed text', '["push","x"]', 'not-offered'],
    ['an empty push', '["push"]', 'not-offered'],
    ['a map', '["push",["remap",0,[],[],[0]]]', 'not-offered'],
    [
      'a map among arguments',
      '["push",["pipeline",0,["chat"],[{"a":["remap",0,[],[],[0]]}]]]',
      'not-offered',
    ],
  ])('is refused when it is %s', (_, text, code) => {
    expect(refusal(() => checkMessage(text, limits)).code).toBe(code);
  });
});

describe('the calls that a message asks for', () => {
  it.each([
    [1, '["push",["pipeline",0,["greet"],[]]]'],
    [1, '["push",["pipeline",0,["name"]]]'],
    [1, '["push",["import",0,["greet"],[]]]'],
    [2, '["push",["pipeline",0,["chat"],[["pipeline",0,["greet"],[]]]]]'],
    [3, '["push",["pipeline",0,["chat"],[["pipeline",0,["chat"],[["pipeline",0,["name"]]]]]]]'],
    [2, '["push",["pipeline",0,["chat"],[{"deep":[["x",["pipeline",0]]]}]]]'],
    [2, '["push",["pipeline",0,["chat"],[["error","Error","m",null,{"a":["pipeline",0]}]]]]'],
    [1, '["resolve",1,["pipeline",0,["greet"],[]]]'],
    [0, '["pull",1]'],
    [0, '["release",1,1]'],
  ])('are counted: %i in %s', (calls, text) => {
    expect(checkMessage(text, limits).calls).toBe(calls);
  });

  it('are not seen in data that only looks like one', () => {
    const text = JSON.stringify(['push', ['pipeline', 0, ['chat'], [[['remap', 'pipeline', 7]]]]]);
    expect(checkMessage(text, limits).calls).toBe(1);
    expect(checkMessage('["push",["pipeline",0,["remap","pipeline"],[]]]', limits).calls).toBe(1);
  });

  it('are all counted in a nest of any shape', () => {
    interface Tree {
      readonly calls: number;
      readonly expression: unknown;
    }
    const join = (inner: readonly Tree[]): Tree => ({
      calls: inner.reduce((sum, { calls }) => sum + calls, 1),
      expression: ['pipeline', 0, ['chat'], inner.map(({ expression }) => expression)],
    });
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constant(join([])),
        fc.array(tie('tree'), { maxLength: 3 }).map(join),
      ),
    }));
    fc.assert(
      fc.property(tree, ({ calls, expression }) => {
        const wide = { ...limits, nesting: 1_000, valuesPerMessage: 1_000_000 };
        expect(checkMessage(JSON.stringify(['push', expression]), wide).calls).toBe(calls);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a frame', () => {
  it('gives back the messages that were joined into it, by either line end', () => {
    const line = fc.string({ minLength: 1 }).map((text) => JSON.stringify(text));
    const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n \r\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, lineEnd), { maxLength: 5 }), (lines) => {
        const frame = lines.flat().join('');
        expect(splitMessages(frame, limits)).toEqual(lines.map(([text]) => text));
        expect(decodeUtf8(Buffer.from(frame))).toBe(frame);
      }),
    );
  });

  it('is refused when it carries too many messages', () => {
    const pull = '["pull",1]\n';
    expect(readFrame(pull.repeat(5), limits)).toHaveLength(5);
    expect(refusal(() => readFrame(pull.repeat(6), limits))).toEqual({
      code: 'messages',
      message: 'Too many messages at once; the limit is 5 in one frame or body.',
    });
  });

  it('is refused when it is not UTF-8, instead of being repaired', () => {
    expect(refusal(() => readFrame(Buffer.from([0x5b, 0xff, 0x5d]), limits)).code).toBe('not-utf8');
    // Half of a surrogate pair, as some encoders write it.
    expect(refusal(() => readFrame(Buffer.from([0xed, 0xa0, 0x80]), limits)).code).toBe('not-utf8');
  });

  it('never lets anything but a refusal out, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string().map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (frame) => {
        try {
          readFrame(frame, limits);
        } catch (error) {
          expect(error).toHaveProperty('code', expect.any(String));
        }
      }),
    );
  });
});
