import { LimitError } from './limit-error.ts';

/**
 * What the Cap'n Web messages we accept look like, after capnweb's protocol reference and its
 * evaluator. A message is a JSON array whose first element names its kind; a pushed expression may
 * hold further calls in its arguments, each of which is a call of its own.
 *
 * Left out on purpose, because their cost is not bounded by the size of the message:
 * - `remap` runs instructions once for each element of a result, and may nest: a small message can
 *   ask for any amount of work.
 * - `pipe` and `stream` fill a stream that nobody has to read.
 * - pushing a plain value stores it on our side without calling anything.
 * Nothing in our contracts uses them.
 */
const KINDS: ReadonlySet<unknown> = new Set([
  'push',
  'pull',
  'resolve',
  'reject',
  'release',
  'abort',
]);
const NOT_OFFERED: ReadonlySet<unknown> = new Set(['pipe', 'stream']);
const CALLS: ReadonlySet<unknown> = new Set(['pipeline', 'import']);

/**
 * Counts the calls and property reads in a message of bounded size.
 *
 * @throws LimitError when the message is of a kind we do not answer
 */
export function countCalls(message: readonly unknown[]): number {
  const [kind, first, second] = message;
  if (NOT_OFFERED.has(kind)) {
    throw new LimitError('not-offered', 'Streams (pipe, stream) are not offered here.');
  }
  if (!KINDS.has(kind)) {
    throw new LimitError('not-a-message', 'The message is of an unknown kind.');
  }
  if (kind === 'push' && !(Array.isArray(first) && isCallOrRemap(first))) {
    throw new LimitError('not-offered', 'Only calls and property reads may be pushed.');
  }
  if (kind === 'release' && !(isCount(second) && Number.isSafeInteger(first))) {
    throw new LimitError('not-a-message', 'A release needs an id and a count of one or more.');
  }
  return countInExpressions(message);
}

/** How many results of ours this message adds to (or takes from) those the caller holds. */
export function heldChange(message: readonly unknown[]): number {
  const [kind, id, count] = message;
  if (kind === 'push') return 1;
  // Ids that the caller assigned are positive, and each is held exactly once.
  return kind === 'release' && Number(id) > 0 && count === 1 ? -1 : 0;
}

/** How many messages this one asks us to write to disk. Wrong arguments count for something or nothing. */
export function writesOf(message: readonly unknown[]): number {
  const [kind, call] = message;
  if (kind !== 'push' || !Array.isArray(call)) return 0;
  const [, , path, args] = call as readonly unknown[];
  const method: unknown = Array.isArray(path) ? path.at(-1) : null;
  if (method === 'chat') return 1;
  if (method !== 'deliver' || !Array.isArray(args)) return 0;
  // A list that is data travels inside another one.
  const envelopes: unknown = Array.isArray(args[0]) ? args[0][0] : null;
  return Array.isArray(envelopes) ? envelopes.length : 0;
}

function isCallOrRemap(expression: readonly unknown[]): boolean {
  return CALLS.has(expression[0]) || expression[0] === 'remap';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

/** `message` begins with its kind; ids among the rest are numbers and count for nothing. */
function countInExpressions(message: readonly unknown[]): number {
  const pending: unknown[] = [];
  // Not a spread: an argument list has a length limit of its own.
  const add = (values: readonly unknown[], from = 0) => {
    for (let index = from; index < values.length; index += 1) pending.push(values[index]);
  };
  add(message, 1);
  let calls = 0;
  while (pending.length > 0) {
    const expression = pending.pop();
    if (typeof expression !== 'object' || expression === null) continue;
    if (!Array.isArray(expression)) {
      add(Object.values(expression));
      continue;
    }
    if (expression[0] === 'remap') {
      throw new LimitError('not-offered', 'Mapping over results (remap) is not offered here.');
    }
    if (CALLS.has(expression[0])) {
      calls += 1;
      // A call's path holds names, never expressions; its arguments are a bare list of them.
      if (Array.isArray(expression[3])) add(expression[3]);
    } else if (expression.length === 1 && Array.isArray(expression[0])) {
      // An array that is data travels inside another one, so its first element names nothing.
      add(expression[0]);
    } else {
      add(expression, 1);
    }
  }
  return calls;
}
