import fc from 'fast-check';
import { anyText } from './bytes.ts';

/** A Cap'n Web message, and whether it may end its session. */
export interface SentMessage {
  readonly value: unknown;
  readonly mayEnd: boolean;
}

const id = fc.integer({ min: -3, max: 8 });
const name = fc.oneof(
  fc.constantFrom(
    'greet',
    'chat',
    'get_stats',
    'name',
    'link',
    'clock',
    'dialBack',
    'then',
    'constructor',
  ),
  anyText,
);
const path = fc.array(fc.oneof(name, fc.integer()), { maxLength: 3 });
const plain = fc.oneof(
  anyText.filter((text) => text.isWellFormed()),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);

const { expression, call } = fc.letrec<{ expression: unknown; call: unknown }>((tie) => ({
  call: fc.oneof(
    fc.tuple(fc.constantFrom('pipeline', 'import'), id, path),
    fc.tuple(
      fc.constantFrom('pipeline', 'import'),
      id,
      path,
      fc.array(tie('expression'), { maxLength: 3 }),
    ),
    fc.tuple(
      fc.constant('pipeline'),
      fc.constant(0),
      name.map((it) => [it]),
      fc.array(tie('expression'), { maxLength: 2 }),
    ),
  ),
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    plain,
    fc.array(tie('expression'), { maxLength: 4 }).map((values) => [values]),
    fc.dictionary(fc.string(), tie('expression'), { maxKeys: 4 }),
    fc.tuple(fc.constantFrom('promise', 'export', 'readable', 'writable'), fc.oneof(id, plain)),
    fc.tuple(
      fc.constantFrom('date', 'bigint', 'bytes', 'url', 'headers', 'undefined', 'inf'),
      tie('expression'),
    ),
    fc.tuple(fc.constant('error'), plain, plain, plain, tie('expression')),
    fc.tuple(fc.constantFrom('request', 'response', 'blob'), plain, tie('expression')),
    fc.tuple(
      fc.constant('remap'),
      id,
      path,
      fc.array(tie('expression'), { maxLength: 2 }),
      fc.array(tie('expression'), { maxLength: 3 }),
    ),
    fc.array(tie('expression'), { maxLength: 4 }),
    tie('call'),
  ),
}));

const goesOn = (value: fc.Arbitrary<unknown>): fc.Arbitrary<SentMessage> =>
  value.map((it) => ({ value: it, mayEnd: false }));
const mayEnd = (value: fc.Arbitrary<unknown>): fc.Arbitrary<SentMessage> =>
  value.map((it) => ({ value: it, mayEnd: true }));

const harmless = fc.oneof(
  { weight: 5, arbitrary: goesOn(fc.tuple(fc.constant('push'), call)) },
  { weight: 3, arbitrary: goesOn(fc.tuple(fc.constantFrom('push', 'stream'), expression)) },
  { weight: 3, arbitrary: goesOn(fc.tuple(fc.constant('pull'), id)) },
  { weight: 1, arbitrary: goesOn(fc.constant(['pipe'])) },
  {
    weight: 1,
    arbitrary: goesOn(
      fc.tuple(fc.constantFrom('resolve', 'reject'), fc.integer({ min: 1, max: 9 }), expression),
    ),
  },
);
const harmful = mayEnd(
  fc.oneof(
    fc.tuple(fc.constant('release'), id, fc.integer({ min: -1, max: 2 })),
    fc.tuple(fc.constant('abort'), expression),
    fc.tuple(fc.constantFrom('resolve', 'reject', 'pull', 'push', 'stream', 'future'), expression),
    fc.array(expression, { maxLength: 4 }),
    fc.jsonValue(),
  ),
);

/** A few frames, each of a few messages. */
export const frames: fc.Arbitrary<readonly (readonly SentMessage[])[]> = fc.oneof(
  { weight: 3, arbitrary: framesOf(harmless) },
  {
    weight: 2,
    arbitrary: framesOf(
      fc.oneof({ weight: 4, arbitrary: harmless }, { weight: 1, arbitrary: harmful }),
    ),
  },
);

function framesOf(message: fc.Arbitrary<SentMessage>) {
  return fc.array(fc.array(message, { minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 4,
  });
}

/** How many results of the caller's calls a message adds. */
export function idsTaken({ value }: SentMessage): number {
  return Array.isArray(value) && TAKES_AN_ID.has(value[0]) ? 1 : 0;
}

const TAKES_AN_ID: ReadonlySet<unknown> = new Set(['push', 'stream', 'pipe']);

export function textOf(frame: readonly SentMessage[]): string {
  return frame.map(({ value }) => JSON.stringify(value)).join('\n');
}
