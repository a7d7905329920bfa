import type { Limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';

const encoder = new TextEncoder();

/** Length of `text` in UTF-8 bytes. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/** Why `body` cannot be a message, or null when it can. */
export function messageProblem(body: string, limits: Pick<Limits, 'messageBytes'>): Problem | null {
  if (body.trim() === '') return problem('message-empty');
  const bytes = utf8Length(body);
  if (bytes > limits.messageBytes) {
    return problem('message-too-long', { bytes, limit: limits.messageBytes });
  }
  return body.isWellFormed() ? null : problem('message-malformed');
}

/** Why `name` cannot be a peer's name, or null when it can. */
export function nameProblem(name: string, limits: Pick<Limits, 'nameBytes'>): Problem | null {
  if (name.trim() === '') return problem('name-empty');
  const bytes = utf8Length(name);
  return bytes > limits.nameBytes
    ? problem('name-too-long', { bytes, limit: limits.nameBytes })
    : null;
}

// Controls, line and paragraph separators, direction marks, and what is not drawn at all, but for
// what scripts and emoji are made with: joiners, variation selectors and tags.
const UNSHOWABLE =
  /[[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2800][\p{DI}--[\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}]]]+/gv;
const DRAWN = /[[\p{L}\p{N}\p{P}\p{S}]--\p{DI}]/v;

/**
 * A remote peer's name made safe to show on one line: no control characters, no direction marks
 * and nothing invisible (they could make one name look like another), no surplus spaces, at most
 * `nameBytes` long.
 * Empty when nothing showable is left.
 */
export function displayName(name: string, limits: Pick<Limits, 'nameBytes'>): string {
  const clean = name.toWellFormed().replace(UNSHOWABLE, ' ').replace(/\s+/g, ' ').trim();
  let short = '';
  let bytes = 0;
  for (const character of clean) {
    bytes += utf8Length(character);
    if (bytes > limits.nameBytes) break;
    short += character;
  }
  return DRAWN.test(short) ? short.trim() : '';
}
