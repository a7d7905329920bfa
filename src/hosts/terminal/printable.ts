import type { Writable } from 'node:stream';
import type { Problem } from '../../shared/problems/problem.ts';

// What a terminal might obey instead of show: C0 controls but tab, DEL, C1 controls, and the marks
// that reorder a line's display (Unicode's bidirectional overrides, embeddings and isolates).
const UNSHOWABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;

/**
 * Remote text made safe to print on one line: control characters are written as escapes (`\u001b`),
 * lone surrogates become U+FFFD.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSHOWABLE, (character) => (character === '\t' ? character : escaped(character)));
}

/**
 * Remote text made safe to print, line breaks kept. Every line after the first begins with
 * `indent`, so that no message can imitate a line of ours.
 */
export function printableBlock(text: string, indent: string): string {
  return text.split(LINE_BREAK).map(printable).join(`\n${indent}`);
}

/** One line of JSON that is safe on a terminal too: control characters are escaped. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSHOWABLE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A problem for people: its cause and the next step. */
export function printProblem(stream: Writable, { cause, next }: Problem): void {
  stream.write(`❌ ${printable(cause)}\n   ${printable(next)}\n`);
}
