import { type Problem, problem } from '../problems/problem.ts';
import { withoutIdleJoiners } from './joiners.ts';
import type { Limits } from './limits.ts';

/**
 * Length of `text` in UTF-8 bytes; a lone surrogate counts as the U+FFFD that it is encoded as. It
 * counts instead of encoding, since it is called several times for every message.
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      bytes += 1;
      continue;
    }
    bytes += 2;
    const isPair = unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1));
    // Four bytes for two units.
    if (isPair) at += 1;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Why `body` is not a valid message, or null when it is. */
export function messageProblem(body: string, limits: Pick<Limits, 'messageBytes'>): Problem | null {
  if (!isVisible(body)) return problem('message-empty');
  const bytes = utf8Length(body);
  if (bytes > limits.messageBytes) {
    return problem('message-too-long', { bytes, limit: limits.messageBytes });
  }
  return body.isWellFormed() ? null : problem('message-malformed');
}

/** Why `name` is not a valid name of a peer, or null when it is. */
export function nameProblem(name: string, limits: Pick<Limits, 'nameBytes'>): Problem | null {
  if (!DRAWN.test(name)) return problem('name-empty');
  const bytes = utf8Length(name);
  return bytes > limits.nameBytes
    ? problem('name-too-long', { bytes, limit: limits.nameBytes })
    : null;
}

// Controls, line and paragraph separators, direction marks, and what is not drawn at all, except
// what scripts and emoji are made with (see joiners.ts).
const UNSHOWABLE =
  /[[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2800][\p{DI}--[\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}]]]+/gv;
// Drawn by their standard as nothing: blank signs of braille, music, Egyptian and Khitan; and marks
// of annotations, which programs hide.
const BLANK = /[\ufff9-\ufffb\u{13430}-\u{1343f}\u{13441}\u{13442}\u{16fe4}\u{1d159}]+/gu;
const DRAWN = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{DI}\u2800\u{13441}\u{13442}\u{1d159}]]/v;
// Unassigned letters may have a glyph, so they count as visible.
const SEEN =
  /[^\s\p{Z}\p{Cc}\p{DI}\u2800\ufff9-\ufffb\u{13430}-\u{1343f}\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u;

/** Whether `text` has any visible character. */
export function isVisible(text: string): boolean {
  return SEEN.test(text);
}

/** A name longer than so many times its limit is truncated before it is examined. */
const LOOKED_AT = 8;

/**
 * A remote peer's name made safe to show on one line: no control characters, no direction marks
 * and nothing invisible (they could make one name look like another), no surplus spaces, at most
 * `nameBytes` long, and not much longer when it is compared.
 * Empty when nothing showable is left.
 */
export function displayName(name: string, { nameBytes }: Pick<Limits, 'nameBytes'>): string {
  const shown = onOneLine(name)
    .slice(0, nameBytes * LOOKED_AT)
    .toWellFormed();
  // Once more, as the cut may have split a sequence.
  const short = withoutIdleJoiners(upTo(nameBytes, withoutIdleMarks(shown))).trim();
  return DRAWN.test(short) ? short : '';
}

/**
 * A name cleaned like `displayName`, or null when it is invalid: for names that were made safe
 * before they were stored. Earlier versions left joiners where they draw nothing; those are
 * removed.
 */
export function storedName(name: string, limits: Pick<Limits, 'nameBytes'>): string | null {
  if (name !== onOneLine(name) || utf8Length(name) > limits.nameBytes) return null;
  return displayName(name, limits) || null;
}

function onOneLine(name: string): string {
  return withoutSurplusSpaces(name.toWellFormed().replace(UNSHOWABLE, ' '));
}

function withoutIdleMarks(text: string): string {
  return withoutSurplusSpaces(withoutIdleJoiners(text.replace(BLANK, ' ')));
}

function withoutSurplusSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * The longest prefix of `text` that fits into so many bytes, and into as many UTF-16 units when it
 * is taken apart (NFKD), as it is wherever names are compared: 255 bytes of `\ufdfa` are 1,530 units.
 */
function upTo(limit: number, text: string): string {
  let short = '';
  let bytes = 0;
  let units = 0;
  for (const character of text) {
    const size = utf8Length(character);
    bytes += size;
    units += size === 1 ? 1 : character.normalize('NFKD').length;
    if (bytes > limit || units > limit) break;
    short += character;
  }
  return short;
}
