import { externalLink } from '../../shared/external-link.ts';

/** A piece of a message body: text, or text that is a web address. All pieces make the body. */
export interface BodyPart {
  readonly text: string;
  /** Where it begins in the body. */
  readonly at: number;
  /** The address that `text` is, as it would be opened; null for plain text. */
  readonly link: string | null;
}

/** What may be an address: from `http` to the next space or quote. */
const CANDIDATE = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"'`«»“”„‘’|\\^{}]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…*_~。、，！？；：」』】）]+$/u;
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };
/** More links than this in one message are left as text. */
const MAX_LINKS = 200;

/**
 * Splits a message body at the web addresses in it. Only `http` and `https`, only what is written
 * in full, and nothing that `externalLink` refuses.
 */
export function bodyParts(body: string): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let end = 0;
  let links = 0;
  for (const { 0: found, index } of body.matchAll(CANDIDATE)) {
    const text = withoutTail(found);
    const url = externalLink(text);
    if (url === null || url.hostname.startsWith('.') || links === MAX_LINKS) continue;
    if (index > end) parts.push({ text: body.slice(end, index), at: end, link: null });
    parts.push({ text, at: index, link: url.href });
    end = index + text.length;
    links += 1;
  }
  if (end < body.length || parts.length === 0) {
    parts.push({ text: body.slice(end), at: end, link: null });
  }
  return parts;
}

/** Without the sentence's own punctuation, and without a closing bracket that was opened before. */
function withoutTail(found: string): string {
  let text = found;
  for (;;) {
    const trimmed = text.replace(TRAILING, '');
    const last = trimmed.at(-1) ?? '';
    const opening = BRACKETS[last];
    const unopened = opening !== undefined && count(trimmed, last) > count(trimmed, opening);
    const next = unopened ? trimmed.slice(0, -1) : trimmed;
    if (next === text) return text;
    text = next;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
