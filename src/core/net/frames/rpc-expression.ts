/**
 * What one Cap'n Web expression asks for, after capnweb's protocol reference and its evaluator.
 *
 * Supported are plain values, calls and property reads on what the caller holds, and stubs of the
 * caller's. Everything else is refused, for one of two reasons:
 * - its cost is not bounded by its size: `remap` runs instructions once for each element of a
 *   result;
 * - it makes a call wait inside capnweb, where nothing counts it, for a later message of the
 *   caller: `promise`, `readable`, `writable`, and the bodies of `request`, `response` and `blob`.
 */
export interface ExpressionShape {
  /** Calls and property reads, including those nested in arguments. */
  readonly calls: number;
  /** Whether arguments of a call hold further calls, which it has to wait for. */
  readonly nests: boolean;
  /** Ids of what it refers to on our side. */
  readonly refs: readonly number[];
  /** Why it is not evaluated, as a sentence for the caller; null when it is. */
  readonly refusal: string | null;
}

/** Names in the path of one call, and characters of one name: an error repeats them. */
const PATH_NAMES = 16;
const NAME_CHARACTERS = 128;
/** Reading a number costs the square of its digits. */
const BIGINT = /^-?\d{1,128}$/;
/** Characters of an unknown kind that its refusal repeats. */
const KIND_CHARACTERS = 32;

const CALLS: ReadonlySet<unknown> = new Set(['pipeline', 'import']);

/** The refusals of kinds that Cap'n Web has and we do not support. */
const NOT_OFFERED: ReadonlyMap<unknown, string> = new Map([
  ['remap', 'Mapping over results (remap) is not offered here.'],
  [
    'promise',
    'Promises as values (promise) are not offered here; send the value once it is there.',
  ],
  ...['readable', 'writable', 'request', 'response', 'blob'].map(
    (kind) => [kind, `Streams and bodies (${kind}) are not offered here.`] as const,
  ),
]);

/** Whether the values of each supported kind are as capnweb's evaluator requires. */
const VALUES: ReadonlyMap<unknown, (parts: readonly unknown[]) => boolean> = new Map([
  ['undefined', ({ length }: readonly unknown[]) => length === 1],
  ['inf', () => true],
  ['-inf', () => true],
  ['nan', () => true],
  ['date', ([, time]: readonly unknown[]) => time === null || typeof time === 'number'],
  ['bigint', ([, digits]: readonly unknown[]) => typeof digits === 'string' && BIGINT.test(digits)],
  ['bytes', ({ length, 1: text }: readonly unknown[]) => length === 2 && typeof text === 'string'],
  ['error', isError],
  // Exports have negative ids, chosen by the exporter; others would refer to results of our calls.
  ['export', ({ length, 1: id }: readonly unknown[]) => length === 2 && isInteger(id) && id < 0],
]);

/** The shape of an expression of bounded size. `calls` says whether it may hold any. */
export function readExpression(root: unknown, mayCall: boolean): ExpressionShape {
  const reader = new Reader(mayCall);
  reader.read(root);
  return reader;
}

class Reader implements ExpressionShape {
  calls = 0;
  nests = false;
  readonly refs: number[] = [];
  refusal: string | null = null;
  readonly #mayCall: boolean;
  readonly #pending: unknown[] = [];

  constructor(mayCall: boolean) {
    this.#mayCall = mayCall;
  }

  /** With an explicit stack: hostile depth must not become our call stack. */
  read(root: unknown): void {
    this.#value(root);
    // Everything from here on is nested.
    for (let value = this.#pending.pop(); value !== undefined; value = this.#pending.pop()) {
      if (Array.isArray(value) && CALLS.has(value[0]) && value.length > 3) this.nests = true;
      this.#value(value);
    }
  }

  #value(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) this.#add(Object.values(value));
    // An array that is data travels inside another one, so its first element names nothing.
    else if (value.length === 1 && Array.isArray(value[0])) this.#add(value[0]);
    else if (CALLS.has(value[0])) this.#call(value);
    else this.#special(value);
  }

  #call(parts: readonly unknown[]): void {
    const [, id, path = [], args = []] = parts;
    this.calls += 1;
    if (isInteger(id)) this.refs.push(id);
    const wellFormed =
      parts.length <= 4 && isInteger(id) && Array.isArray(path) && Array.isArray(args);
    if (!wellFormed) this.#refuse('The call is malformed.');
    else if (!isPath(path)) {
      this.#refuse(`A path has up to ${PATH_NAMES} names of up to ${NAME_CHARACTERS} characters.`);
    } else if (!this.#mayCall && (parts[0] === 'pipeline' || parts.length > 2)) {
      this.#refuse('An answer holds no calls.');
    }
    // A call's path holds names, never expressions; its arguments are a bare list of them.
    if (Array.isArray(args)) this.#add(args);
  }

  #special(parts: readonly unknown[]): void {
    const [kind] = parts;
    const isValue = VALUES.get(kind);
    if (isValue === undefined) {
      this.#refuse(
        NOT_OFFERED.get(kind) ?? `Values of the kind ${shown(kind)} are not offered here.`,
      );
    } else if (!isValue(parts)) {
      this.#refuse(`The value of the kind ${shown(kind)} is malformed.`);
    }
    this.#add(parts, 1);
  }

  #refuse(reason: string): void {
    this.refusal ??= reason;
  }

  /** Not a spread: the length of an argument list is limited. */
  #add(values: readonly unknown[], from = 0): void {
    for (let index = from; index < values.length; index += 1) {
      const value = values[index];
      if (typeof value === 'object' && value !== null) this.#pending.push(value);
    }
  }
}

function isPath(path: readonly unknown[]): boolean {
  return (
    path.length <= PATH_NAMES &&
    path.every(
      (name) =>
        typeof name === 'number' || (typeof name === 'string' && name.length <= NAME_CHARACTERS),
    )
  );
}

function isError(parts: readonly unknown[]): boolean {
  const [, type, message, stack = null, props = {}] = parts;
  return (
    typeof type === 'string' &&
    typeof message === 'string' &&
    (stack === null || typeof stack === 'string') &&
    typeof props === 'object' &&
    props !== null &&
    !Array.isArray(props)
  );
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** A kind in a form that fits a sentence: short and printable. */
export function shown(kind: unknown): string {
  if (typeof kind !== 'string') return typeof kind;
  return JSON.stringify(kind.slice(0, KIND_CHARACTERS).replace(/[^\x20-\x7e]/g, '?'));
}
