import type { Readable } from 'node:stream';
import { DEFAULT_LIMITS } from '../../shared/model/limits.ts';
import { grouped, type Problem, problem, raise } from '../../shared/problems/problem.ts';

const LF = 10;
const CR = 13;
/** Bytes of the longest message, including its line end. */
const LONGEST = DEFAULT_LIMITS.messageBytes + 2;

/** A line of input, or why it cannot be a message. */
export type TypedLine = { readonly text: string } | { readonly problem: Problem };

/**
 * The lines of an input, ended by LF or CRLF alone: other line separators may be part of a message.
 * Of a line over the limit no more is buffered than needed to detect it.
 */
export async function* typedLines(input: Readable): AsyncGenerator<TypedLine> {
  let kept: Buffer[] = [];
  let bytes = 0;
  const keep = (part: Buffer) => {
    if (bytes <= LONGEST) kept.push(part);
    bytes += part.length;
  };
  const line = (): TypedLine => {
    const whole = Buffer.concat(kept);
    const length = bytes;
    kept = [];
    bytes = 0;
    return length > LONGEST ? { problem: tooLong(length) } : read(whole);
  };
  for await (const chunk of input) {
    const data = Buffer.from(chunk);
    let from = 0;
    for (let to = data.indexOf(LF); to >= 0; to = data.indexOf(LF, from)) {
      keep(data.subarray(from, to));
      from = to + 1;
      yield line();
    }
    if (from < data.length) keep(data.subarray(from));
  }
  if (bytes > 0) yield line();
}

/** All of an input as one message, without its last line break. Stops reading well over the limit. */
export async function readMessage(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    if (bytes > LONGEST) {
      const over = `over ${grouped(bytes - 1)}`;
      raise('message-too-long', { bytes: over, limit: DEFAULT_LIMITS.messageBytes });
    }
  }
  return (decoded(Buffer.concat(chunks)) ?? raise('message-not-utf8')).replace(/\r?\n$/, '');
}

function read(bytes: Buffer): TypedLine {
  const end = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
  const text = decoded(bytes.subarray(0, end));
  return text === null ? { problem: problem('message-not-utf8') } : { text };
}

/** The text, without a byte order mark in front; null when it is not UTF-8. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function tooLong(bytes: number): Problem {
  return problem('message-too-long', { bytes, limit: DEFAULT_LIMITS.messageBytes });
}
