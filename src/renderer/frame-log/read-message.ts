/** The kinds of Cap'n Web messages by which the log can be filtered. */
export type WireGroup = 'calls' | 'answers' | 'upkeep';

/**
 * The meaning of one Cap'n Web message.
 * - `call`: calls a method, or reads a property when `args` is null
 * - `pull`: requests the answer to a call
 * - `resolve`, `reject`: the answer
 * - `release`: a capability is not needed any more
 * - `stream`, `pipe`: a streaming call and its pipe
 * - `abort`: the session ends with an error
 * - `unknown`: anything else, and what cannot be parsed
 */
export type WireMessage =
  | {
      readonly kind: 'call' | 'stream';
      /** The path on the capability, its last part the method or property. */
      readonly path: readonly string[];
      readonly args: readonly unknown[] | null;
    }
  | { readonly kind: 'pull'; readonly id: number }
  | { readonly kind: 'resolve'; readonly id: number }
  | { readonly kind: 'reject'; readonly id: number; readonly error: string }
  | { readonly kind: 'release'; readonly id: number }
  | { readonly kind: 'abort'; readonly error: string }
  | { readonly kind: 'pipe' }
  | { readonly kind: 'unknown' };

export type WireKind = WireMessage['kind'];

const UNKNOWN: WireMessage = { kind: 'unknown' };

export const GROUPS: Readonly<Record<WireKind, WireGroup>> = {
  call: 'calls',
  stream: 'calls',
  resolve: 'answers',
  reject: 'answers',
  abort: 'answers',
  pull: 'upkeep',
  release: 'upkeep',
  pipe: 'upkeep',
  unknown: 'upkeep',
};

/** Reads a message of the Cap'n Web protocol (docs/PROTOCOL.md shows examples). */
export function readMessage(value: unknown): WireMessage {
  if (!Array.isArray(value)) return UNKNOWN;
  const [kind, first, second]: readonly unknown[] = value;
  switch (kind) {
    case 'push':
    case 'stream':
      return readCall(kind === 'push' ? 'call' : 'stream', first);
    case 'pull':
    case 'resolve':
    case 'release':
      return typeof first === 'number' ? { kind, id: first } : UNKNOWN;
    case 'reject':
      return typeof first === 'number' ? { kind, id: first, error: errorOf(second) } : UNKNOWN;
    case 'abort':
      return { kind, error: errorOf(first) };
    case 'pipe':
      return { kind };
    default:
      return UNKNOWN;
  }
}

/** `["pipeline", capability, path, arguments]`; without arguments it reads a property. */
function readCall(kind: 'call' | 'stream', expression: unknown): WireMessage {
  if (!Array.isArray(expression) || expression[0] !== 'pipeline') {
    return { kind, path: [], args: null };
  }
  const [, , path, args]: readonly unknown[] = expression;
  return {
    kind,
    path: Array.isArray(path) ? path.map(String) : [],
    args: Array.isArray(args) ? args : null,
  };
}

/** `["error", type, message]` */
function errorOf(expression: unknown): string {
  if (!Array.isArray(expression) || expression[0] !== 'error') return '';
  return expression
    .slice(1, 3)
    .filter((it) => typeof it === 'string')
    .join(': ');
}

/** How many messages a call of `deliver` carries; null for any other call. */
export function deliveredCount({ path, args }: WireMessage & { kind: 'call' | 'stream' }) {
  if (path.at(-1) !== 'deliver' || args === null) return null;
  const [list] = args;
  // Arrays are wrapped in another one: plain ones are expressions.
  const envelopes: unknown = Array.isArray(list) ? list[0] : null;
  return Array.isArray(envelopes) ? envelopes.length : null;
}
