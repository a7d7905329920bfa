import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LimitError } from '../../../../../src/core/net/frames/limit-error.ts';
import {
  checkMessage,
  decodeUtf8,
  readFrame,
  splitMessages,
} from '../../../../../src/core/net/frames/validate-frame.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../../src/shared/model/limits.ts';

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
  test('is parsed as by JSON.parse exactly when it is within the limits of nesting and values', () => {
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

  test('is refused above the nesting limit, whatever its shape and depth', () => {
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

  test('is accepted at the nesting limit', () => {
    const deep = (depth: number) => `["resolve",1,${'['.repeat(depth)}${']'.repeat(depth)}]`;
    expect(checkMessage(deep(limits.nesting - 1), limits).shape.calls).toBe(0);
    expect(refusal(() => checkMessage(deep(limits.nesting), limits)).code).toBe('nesting');
  });

  test('is refused with too many values', () => {
    const text = JSON.stringify(['resolve', 1, [Array(60).fill(0)]]);
    expect(refusal(() => checkMessage(text, limits))).toEqual({
      code: 'values',
      message: 'The message holds too many values; the limit is 60.',
    });
  });

  test('is measured in bytes, not characters, before it is parsed', () => {
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

  test.each([
    ['not JSON', '["push"', 'not-json'],
    ['a bare word', 'hello', 'not-json'],
    ['an object', '{"push":1}', 'not-a-message'],
    ['null', 'null', 'not-a-message'],
    ['a number', '7', 'not-a-message'],
    ['an empty array', '[]', 'not-a-message'],
    ['without a kind', '[7]', 'not-a-message'],
    ['a release of nothing', '["release",1,0]', 'not-a-message'],
    ['an incomplete release', '["release",1,0.5]', 'not-a-message'],
    ['a negative release', '["release",1,-1]', 'not-a-message'],
    ['a pull of nothing', '["pull"]', 'not-a-message'],
    ['a pull of a string', '["pull","1"]', 'not-a-message'],
    ['an empty push', '["push"]', 'not-a-message'],
    ['an empty stream', '["stream"]', 'not-a-message'],
    ['an empty abort', '["abort"]', 'not-a-message'],
    ['an answer without a call', '["resolve",0,"x"]', 'not-a-message'],
    ['an answer to a promise that we never sent', '["reject",-1,"x"]', 'not-a-message'],
    ['an incomplete answer', '["resolve",1]', 'not-a-message'],
  ])('is refused when it is %s', (_, text, code) => {
    expect(refusal(() => checkMessage(text, limits)).code).toBe(code);
  });
});

describe('the expression in a message', () => {
  const shapeOf = (text: string) => checkMessage(text, limits).shape;
  const call = (argument: string) => `["push",["pipeline",0,["chat"],[${argument}]]]`;

  test.each([
    ['a call', '["push",["pipeline",0,["greet"],[]]]'],
    ['a property', '["push",["pipeline",0,["name"]]]'],
    ['a call on a result', '["push",["pipeline",1,["link","deliver"],[[[]]]]]'],
    ['a result among arguments', call('["pipeline",1]')],
    ['a stub of the caller', call('["export",-1]')],
    ['a capability of ours, handed back', call('["import",-1]')],
    ['plain values', call('{"a":[[1,"x",null,true,["undefined"],["inf"],["-inf"],["nan"]]]}')],
    ['dates and bytes', call('["date",7],["date",null],["bytes","AAA="],["bigint","-12"]')],
    ['an error', call('["error","RangeError","m",null,{"a":1}]')],
    ['an answer with a capability', '["resolve",1,{"link":["export",-1]}]'],
    ['a refusal', '["reject",1,["error","Error","m","stack"]]'],
  ])('is evaluated when it is %s', (_, text) => {
    expect(shapeOf(text)).toMatchObject({ refusal: null, ends: null });
  });

  test.each([
    ['a pipe', '["pipe"]', 'Streams (pipe, stream)'],
    ['a stream', '["stream",["pipeline",0,["greet"],[]]]', 'Streams (pipe, stream)'],
    ['a pushed value', '["push",[[1,2,3]]]', 'Only calls and property reads'],
    ['a pushed string', '["push","x"]', 'Only calls and property reads'],
    ['a pushed stub', '["push",["export",-1]]', 'Only calls and property reads'],
    ['a map', '["push",["remap",0,[],[],[0]]]', '(remap)'],
    ['a map among arguments', call('{"a":["remap",0,[],[],[0]]}'), '(remap)'],
    ['a map in a map', '["push",["remap",0,[],[],[["remap",0,[],[],[0]]]]]', '(remap)'],
    ['a promise', call('["promise",-9]'), '(promise)'],
    ['a promise deep inside', call('{"a":[[{"b":["promise",-9]}]]}'), '(promise)'],
    ['the end of a stream', call('["readable",1]'), '(readable)'],
    ['the beginning of a stream', call('["writable",-1]'), '(writable)'],
    ['a request', call('["request","http://a/",{"body":["readable",1]}]'), '(request)'],
    ['a response', call('["response",null,{}]'), '(response)'],
    ['a blob', call('["blob","text/plain",["readable",1]]'), '(blob)'],
    ['an unknown kind of value', call('["future",1]'), 'the kind "future"'],
    ['a kind without a name', call('[7]'), 'the kind number'],
    ['a kind with a long name', call(`["${'x'.repeat(500)}"]`), `the kind "${'x'.repeat(32)}" are`],
    ['an incomplete value', call('["date"]'), 'the kind "date" is malformed'],
    ['a number of many digits', call(`["bigint","${'9'.repeat(129)}"]`), '"bigint" is malformed'],
    ['bytes of another type', call('["bytes","AAA=","DataView"]'), '"bytes" is malformed'],
    ['a malformed error', call('["error",1,2]'), '"error" is malformed'],
    ['a stub by one of our ids', call('["export",1]'), '"export" is malformed'],
    ['a call without a target', '["push",["pipeline"]]', 'The call is malformed'],
    [
      'a call with an incomplete target',
      '["push",["pipeline",0.5,["greet"],[]]]',
      'The call is malformed',
    ],
    ['a call without a path', '["push",["pipeline",0,"greet",[]]]', 'The call is malformed'],
    ['a call without a list of arguments', '["push",["pipeline",0,["chat"],"x"]]', 'malformed'],
    [
      'a call with too many parts',
      '["push",["pipeline",0,["chat"],[],1]]',
      'The call is malformed',
    ],
    ['a path of values', '["push",["pipeline",0,[["greet"]],[]]]', 'A path has up to 16 names'],
    ['a long name', `["push",["pipeline",0,["${'x'.repeat(129)}"],[]]]`, 'A path has up to 16'],
    ['a long path', `["push",["pipeline",0,[${'"a",'.repeat(16)}"a"]]]`, 'A path has up to 16'],
    [
      'an answer that calls',
      '["resolve",1,["pipeline",0,["greet"],[]]]',
      'An answer holds no calls',
    ],
    ['an answer to wait for', '["resolve",1,{"a":["promise",-3]}]', '(promise)'],
  ])('is refused by name when it is %s', (_, text, reason) => {
    const shape = shapeOf(text);
    expect(shape.refusal).toContain(reason);
    expect(shape.refusal?.length).toBeLessThan(200);
    expect(shape.ends).toBeNull();
  });

  test('ends the session when the message kind is unknown', () => {
    expect(shapeOf('["shutdown",1]').ends?.message).toBe(
      'The message is of an unknown kind: "shutdown".',
    );
  });

  test.each([
    [[0], '["push",["pipeline",0,["greet"],[]]]', false],
    [[1], '["push",["pipeline",1,["link","deliver"],[]]]', false],
    [[0, 2, -1], call('["pipeline",2],["import",-1]'), false],
    [[0, 0], call('["pipeline",0,["name"]]'), false],
    [[0, 0], call('["pipeline",0,["greet"],[]]'), true],
    [[0, 3], call('{"a":["pipeline",3,["greet"],[]]}'), true],
  ])('refers to the imports %j in %s', (refs, text, nests) => {
    const shape = shapeOf(text);
    expect({ refs: [...shape.refs].sort(), nests: shape.nests }).toEqual({
      refs: [...refs].sort(),
      nests,
    });
  });
});

describe('the calls in a message', () => {
  test.each([
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
    expect(checkMessage(text, limits).shape.calls).toBe(calls);
  });

  test('are not confused with data that looks like one', () => {
    const text = JSON.stringify(['push', ['pipeline', 0, ['chat'], [[['remap', 'pipeline', 7]]]]]);
    expect(checkMessage(text, limits).shape.calls).toBe(1);
    expect(
      checkMessage('["push",["pipeline",0,["remap","pipeline"],[]]]', limits).shape.calls,
    ).toBe(1);
  });

  test('are all counted, however they are nested', () => {
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
        expect(checkMessage(JSON.stringify(['push', expression]), wide).shape.calls).toBe(calls);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a frame', () => {
  test('is split into the messages joined in it, at either kind of line end', () => {
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

  test('is refused with too many messages', () => {
    const pull = '["pull",1]\n';
    expect(readFrame(pull.repeat(5), limits)).toHaveLength(5);
    expect(refusal(() => readFrame(pull.repeat(6), limits))).toEqual({
      code: 'messages',
      message: 'Too many messages at once; the limit is 5 in one frame or body.',
    });
  });

  test('is refused when it is not UTF-8, instead of being repaired', () => {
    expect(refusal(() => readFrame(Buffer.from([0x5b, 0xff, 0x5d]), limits)).code).toBe('not-utf8');
    // Half of a surrogate pair, as some encoders write it.
    expect(refusal(() => readFrame(Buffer.from([0xed, 0xa0, 0x80]), limits)).code).toBe('not-utf8');
  });

  test('throws nothing but a refusal, whatever the bytes', () => {
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
