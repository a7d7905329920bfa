import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesOf } from '../../../../src/renderer/frame-log/entries.ts';
import { copyText, filtered, NO_FILTER } from '../../../../src/renderer/frame-log/filter.ts';
import { deliveredCount, readMessage } from '../../../../src/renderer/frame-log/read-message.ts';
import type { WireFrame } from '../../../../src/shared/model/wire.ts';

interface Written {
  readonly session?: number;
  /** Frames that went before, each way. */
  readonly before?: number;
}

/** Frames written as in docs/PROTOCOL.md: `>` is sent, `<` received. */
function frames(lines: string, { session = 1, before = 0 }: Written = {}): readonly WireFrame[] {
  const went = { sent: before, received: before };
  return lines
    .trim()
    .split('\n')
    .map((line, index) => {
      const text = line.trim().slice(2);
      const direction = line.trim().startsWith('>') ? 'sent' : 'received';
      went[direction] += 1;
      const [at, nth] = [1_795_346_842_361 + index, went[direction]];
      return { seq: index + 1, at, direction, session, nth, bytes: text.length, text };
    });
}

/** What each entry is known to be about. */
const seen = (all: readonly WireFrame[]) =>
  entriesOf(all).map(({ id, method }) => [id, method] as const);

const link = `
> ["push",["pipeline",0,["link"],[{"protocol":1,"name":"Bob","port":8081},["export",-1]]]]
> ["pull",1]
< ["resolve",1,{"hello":{"protocol":1,"name":"Alice","port":8080},"link":["export",-1]}]
> ["push",["pipeline",1,["link","deliver"],[[[{"id":"a","body":"one"},{"id":"b","body":"two"}]]]]]
> ["pull",2]
< ["push",["pipeline",-1,["typing"],[]]]
< ["pull",1]
> ["resolve",1,["undefined"]]
< ["resolve",2,{"accepted":[["a","b"]],"refused":[[]]}]
> ["release",1,1]
`;

test('calls of each side have their own numbers, and answers refer to them', () => {
  const all = entriesOf(frames(link)).map(({ message, id, method }) => [message.kind, id, method]);
  expect(all).toEqual([
    ['call', 1, 'link'],
    ['pull', 1, 'link'],
    ['resolve', 1, 'link'],
    ['call', 2, 'link.deliver'],
    ['pull', 2, 'link.deliver'],
    ['call', 1, 'typing'],
    ['pull', 1, 'typing'],
    ['resolve', 1, 'typing'],
    ['resolve', 2, 'link.deliver'],
    ['release', 1, null],
  ]);
});

const TWO_AT_ONCE = `
  > ["push",["pipeline",0,["greet"],[]]]
  > ["push",["pipeline",0,["get_stats"],[]]]
  > ["pull",1]
  > ["pull",2]
  < ["resolve",2,{"name":"Alice","messages_received":1}]
  < ["resolve",1,"Hello! I'm Alice."]
`;

test('two calls before the first pull are distinguished, in whatever order they are answered', () => {
  const expected = [
    [1, 'greet'],
    [2, 'get_stats'],
    [1, 'greet'],
    [2, 'get_stats'],
    [2, 'get_stats'],
    [1, 'greet'],
  ];
  expect(seen(frames(TWO_AT_ONCE))).toEqual(expected);
  // A call is numbered as soon as it is made.
  expect(seen(frames(TWO_AT_ONCE).slice(0, 2))).toEqual(expected.slice(0, 2));
});

test('a log that starts mid-session infers the numbers', () => {
  const lines = `
    < ["resolve",40,1]
    > ["push",["pipeline",0,["greet"],[]]]
    > ["push",["pipeline",0,["get_stats"],[]]]
    > ["pull",41]
    > ["pull",42]
    < ["resolve",42,1]
    > ["push",["pipeline",0,["name"]]]
    > ["pull",43]
  `;
  expect(seen(frames(lines, { before: 90 }))).toEqual([
    [40, null],
    [41, 'greet'],
    [42, 'get_stats'],
    [41, 'greet'],
    [42, 'get_stats'],
    [42, 'get_stats'],
    [43, 'name'],
    [43, 'name'],
  ]);
});

test('calls that cannot be matched yet have no number', () => {
  const lines = '> ["push",["pipeline",0,["greet"],[]]]\n> ["push",["pipeline",0,["name"]]]';
  expect(seen(frames(lines, { before: 7 }))).toEqual([
    [null, 'greet'],
    [null, 'name'],
  ]);
});

test('streams and pipes are numbered with the calls', () => {
  const lines = `
    > ["pipe"]
    > ["push",["pipeline",0,["upload"],[["writable",1]]]]
    > ["stream",["pipeline",1,["write"],["x"]]]
    > ["pull",2]
    < ["resolve",3,["undefined"]]
    < ["resolve",2,true]
  `;
  expect(seen(frames(lines))).toEqual([
    [1, null],
    [2, 'upload'],
    [3, 'write'],
    [2, 'upload'],
    [3, 'write'],
    [2, 'upload'],
  ]);
});

test('each session numbers from the start, also when two run at once', () => {
  const [one, other] = [
    frames(TWO_AT_ONCE, { session: 1 }),
    frames(
      '> ["push",["pipeline",0,["link"],[]]]\n> ["pull",1]\n< ["resolve",1,"x"]\n> ["release",1,1]',
      { session: 2 },
    ),
  ];
  const mixed = one.flatMap((frame, index) => [frame, ...other.slice(index, index + 1)]);
  const seenIn = (session: number) =>
    entriesOf(mixed)
      .filter(({ frame }) => frame.session === session)
      .map(({ id, method }) => [id, method]);
  expect(seenIn(1)).toEqual(seen(one));
  expect(seenIn(2)).toEqual([
    [1, 'link'],
    [1, 'link'],
    [1, 'link'],
    [1, null],
  ]);
});

test('a delivery shows how many messages it carries', () => {
  const counts = entriesOf(frames(link)).flatMap(({ message }) =>
    message.kind === 'call' ? [deliveredCount(message)] : [],
  );
  expect(counts).toEqual([null, 2, null]);
});

test.each([
  [
    '["abort",["error","RangeError","Too many messages"]]',
    'abort',
    'RangeError: Too many messages',
  ],
  ['["reject",1,["error","TypeError","no"]]', 'reject', 'TypeError: no'],
])('%s shows what went wrong', (text, kind, error) => {
  expect(readMessage(JSON.parse(text))).toMatchObject({ kind, error });
});

test('any frame is read without an error, and shows no message text', () => {
  const secret = 'do not show this';
  const envelope = fc.record({ id: fc.uuid(), body: fc.constant(secret) });
  const value = fc.oneof(
    fc.constant(['push', ['pipeline', 0, ['chat'], [secret]]]),
    fc.constant(['push', ['pipeline', 0, ['chat'], [[[secret]]]]]),
    fc
      .array(envelope, { minLength: 1 })
      .map((it) => ['push', ['pipeline', 1, ['deliver'], [[it]]]]),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(value, fc.nat(400), (message, kept) => {
      const text = JSON.stringify(message);
      const frame = { seq: 1, at: 0, direction: 'sent', session: 1, nth: 1 } as const;
      for (const shown of [text, text.slice(0, kept)]) {
        const [entry] = entriesOf([{ ...frame, bytes: text.length, text: shown }]);
        expect(entry?.maskedText).not.toContain(secret);
        expect(copyText(entry ? [entry] : [], false)).not.toContain(secret);
      }
    }),
    { numRuns: 500 },
  );
});

test('the log can be filtered by text, direction and kind, never by masked text', () => {
  const all = entriesOf(frames(link));
  const count = (filter: object, bodies = false) =>
    filtered(all, { ...NO_FILTER, ...filter }, bodies).length;
  expect(count({})).toBe(10);
  expect(count({ direction: 'received' })).toBe(4);
  expect(count({ group: 'calls' })).toBe(3);
  expect(count({ group: 'answers' })).toBe(3);
  expect(count({ text: 'DELIVER' })).toBe(3);
  expect(count({ text: 'two' })).toBe(0);
  expect(count({ text: 'two' }, true)).toBe(1);
});
