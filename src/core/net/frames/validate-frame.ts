import type { Limits } from '../../../shared/model/limits.ts';
import { LimitError } from './limit-error.ts';
import { type MessageShape, readShape } from './rpc-message.ts';

/** One Cap'n Web message that is within the limits, parsed. */
export interface CheckedMessage {
  readonly value: readonly unknown[];
  readonly shape: MessageShape;
  /** JSON values that it holds. */
  readonly values: number;
}

/**
 * Reads a frame or a body: newline-separated Cap'n Web messages as text or UTF-8. Blank lines are
 * ignored and `\r\n` ends a line too. Nothing is handed on before all of it is checked.
 *
 * @throws LimitError
 */
export function readFrame(frame: Uint8Array | string, limits: Limits): readonly CheckedMessage[] {
  const text = typeof frame === 'string' ? frame : decodeUtf8(frame);
  return splitMessages(text, limits).map((line) => checkMessage(line, limits));
}

/** Strict UTF-8: a replacement character would silently change the text. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** @throws LimitError */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new LimitError('not-utf8', 'The frame is not valid UTF-8 text.');
  }
}

/** Splits at line ends, and stops looking as soon as there are too many messages. */
export function splitMessages(text: string, limits: Limits): readonly string[] {
  const messages: string[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).trim();
    start = end + 1;
    if (line === '') continue;
    if (messages.length === limits.messagesPerFrame) {
      throw new LimitError(
        'messages',
        `Too many messages at once; the limit is ${limits.messagesPerFrame} in one frame or body.`,
      );
    }
    messages.push(line);
  }
  return messages;
}

/**
 * Parses and checks one message: its bytes before it is parsed, then nesting, number of values and
 * calls, and its shape. Its expression may still be refused: that is in its shape.
 *
 * @throws LimitError
 */
export function checkMessage(text: string, limits: Limits): CheckedMessage {
  checkBytes(text, limits);
  const value = parse(text);
  const values = checkSize(value, limits);
  if (!Array.isArray(value)) {
    throw new LimitError('not-a-message', "A Cap'n Web message is a JSON array.");
  }
  const shape = readShape(value);
  if (shape.calls > limits.callsPerMessage) {
    throw new LimitError(
      'calls',
      `Too many calls in one message; the limit is ${limits.callsPerMessage}.`,
    );
  }
  return { value, shape, values };
}

function checkBytes(text: string, limits: Limits): void {
  // A UTF-16 unit takes one to three bytes, so most texts pass without being measured.
  if (text.length * 3 <= limits.frameBytes) return;
  if (text.length <= limits.frameBytes && Buffer.byteLength(text) <= limits.frameBytes) return;
  throw new LimitError(
    'bytes',
    `The message is too big; the limit is ${limits.frameBytes} bytes in one message.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LimitError('not-json', 'The message is not valid JSON.');
  }
}

/**
 * Breadth first with an explicit queue: hostile depth must not become our call stack. Counts
 * values.
 */
function checkSize(root: unknown, limits: Limits): number {
  let level: unknown[] = [root];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter((value) => typeof value === 'object' && value !== null);
    if (containers.length > 0 && depth >= limits.nesting) {
      throw new LimitError(
        'nesting',
        `The message is nested too deep; the limit is ${limits.nesting} levels.`,
      );
    }
    values += level.length;
    level = [];
    for (const container of containers) {
      const children: readonly unknown[] = Array.isArray(container)
        ? container
        : Object.values(container as object);
      if (values + level.length + children.length > limits.valuesPerMessage) {
        throw new LimitError(
          'values',
          `The message holds too many values; the limit is ${limits.valuesPerMessage}.`,
        );
      }
      // Not a spread: the length of an argument list is limited.
      for (const child of children) level.push(child);
    }
  }
  return values;
}
