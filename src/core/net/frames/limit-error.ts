/**
 * Why a message, a frame or a request was refused before Cap'n Web saw it. `bytes`, `nesting`,
 * `values`, `messages`, `calls`, `held`, `idle` and `unread` are limits; the others are messages
 * that no conforming client sends.
 */
export type LimitCode =
  | 'bytes'
  | 'nesting'
  | 'values'
  | 'messages'
  | 'calls'
  | 'held'
  | 'idle'
  | 'unread'
  | 'not-utf8'
  | 'not-json'
  | 'not-a-message'
  | 'not-offered';

const MALFORMED: ReadonlySet<LimitCode> = new Set([
  'not-utf8',
  'not-json',
  'not-a-message',
  'not-offered',
]);

/** A refusal. Its message is a sentence for the caller and names the limit. */
export class LimitError extends RangeError {
  override readonly name: string;
  readonly code: LimitCode;

  constructor(code: LimitCode, message: string) {
    super(message);
    this.code = code;
    this.name = MALFORMED.has(code) ? 'TypeError' : 'RangeError';
  }
}

/** The Cap'n Web message that ends a session with this error; it carries no stack. */
export function abortMessage(error: Pick<Error, 'name' | 'message'>): readonly unknown[] {
  return ['abort', ['error', error.name, error.message]];
}

/** The WebSocket close code (RFC 6455, section 7.4.1) for a refusal. */
export function closeCodeOf(code: LimitCode): 1007 | 1008 | 1009 {
  if (code === 'bytes') return 1009;
  return code === 'not-utf8' ? 1007 : 1008;
}

/** The HTTP status for a refusal. */
export function statusOf(code: LimitCode): 400 | 413 | 429 {
  if (MALFORMED.has(code)) return 400;
  return code === 'held' || code === 'idle' || code === 'unread' ? 429 : 413;
}
