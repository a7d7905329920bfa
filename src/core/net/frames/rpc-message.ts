import { LimitError } from './limit-error.ts';
import { type ExpressionShape, isInteger, readExpression, shown } from './rpc-expression.ts';

/**
 * What one Cap'n Web message of bounded size asks for. A message is a JSON array whose first element
 * names its kind.
 */
export interface MessageShape extends ExpressionShape {
  /**
   * The message is of an unknown kind: nothing after it can be processed, because it is unknown
   * whether it counts as one of the results that both sides number by counting.
   */
  readonly ends: LimitError | null;
}

const NOTHING: ExpressionShape = { calls: 0, nests: false, refs: [], refusal: null };
const STREAMS = 'Streams (pipe, stream) are not offered here.';
const ONLY_CALLS = 'Only calls and property reads may be pushed.';

/** @throws LimitError when the message does not have the shape of its kind */
export function readShape(message: readonly unknown[]): MessageShape {
  const [kind, first, second] = message;
  switch (kind) {
    case 'push':
    case 'stream': {
      if (message.length < 2) throw malformed('A push needs an expression.');
      const shape = readExpression(first, true);
      if (kind === 'stream') return goesOn(shape, STREAMS);
      return goesOn(shape, shape.refusal ?? (isCall(first) ? null : ONLY_CALLS));
    }
    case 'pipe':
      return goesOn(NOTHING, STREAMS);
    case 'pull':
      if (!isInteger(first)) throw malformed('A pull needs an id.');
      return goesOn(NOTHING);
    case 'release':
      if (!isInteger(first) || !isCount(second)) {
        throw malformed('A release needs an id and a count of one or more.');
      }
      return goesOn(NOTHING);
    case 'resolve':
    case 'reject':
      if (!isCount(first) || message.length < 3) {
        throw malformed('An answer needs the id of a call and an expression.');
      }
      return goesOn(readExpression(second, false));
    case 'abort':
      if (message.length < 2) throw malformed('An abort needs an expression.');
      return goesOn(readExpression(first, false));
    default:
      if (typeof kind !== 'string') throw malformed("A Cap'n Web message begins with its kind.");
      return { ...NOTHING, ends: malformed(`The message is of an unknown kind: ${shown(kind)}.`) };
  }
}

/** How many of our results this message adds to (or removes from) those the caller holds. */
export function heldChange(message: readonly unknown[]): number {
  const [kind, id, count] = message;
  if (kind === 'push' || kind === 'pipe') return 1;
  // Ids that the caller assigned are positive, and each is held exactly once.
  return kind === 'release' && Number(id) > 0 && count === 1 ? -1 : 0;
}

/**
 * How many messages this one asks us to store. Malformed arguments count for something or nothing.
 */
export function writesOf(message: readonly unknown[]): number {
  const [kind, call] = message;
  if (kind !== 'push' || !Array.isArray(call)) return 0;
  const [, , path, args] = call as readonly unknown[];
  const method: unknown = Array.isArray(path) ? path.at(-1) : null;
  if (method === 'chat') return 1;
  if (method !== 'deliver' || !Array.isArray(args)) return 0;
  // An array that is data is nested in another one.
  const envelopes: unknown = Array.isArray(args[0]) ? args[0][0] : null;
  return Array.isArray(envelopes) ? envelopes.length : 0;
}

function goesOn({ calls, nests, refs, refusal }: ExpressionShape, why = refusal): MessageShape {
  return { calls, nests, refs, refusal: why, ends: null };
}

function isCall(expression: unknown): boolean {
  return Array.isArray(expression) && (expression[0] === 'pipeline' || expression[0] === 'import');
}

function isCount(value: unknown): boolean {
  return isInteger(value) && value >= 1;
}

function malformed(reason: string): LimitError {
  return new LimitError('not-a-message', reason);
}
