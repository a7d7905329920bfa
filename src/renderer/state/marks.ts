import { folded, foldedText, originEndOf, originOf } from '../../shared/model/fold.ts';

/** A piece of a text; `hit` when it is what was searched for. All pieces make the text. */
export interface MarkedPart {
  readonly text: string;
  readonly hit: boolean;
}

/** What prose puts around a word, which need not be in the text that it has found. */
const ENDS = /^[(["'{«¿¡]+|[,.;:!?)"'\]}»…]+$/gu;

/**
 * Cuts `text` where the words of `query` stand in it, by the rule by which it was found: without heed
 * to case, accents and what else people leave out.
 */
export function markWords(text: string, query: string): readonly MarkedPart[] {
  const words = query.split(/\s+/u).flatMap((word) => {
    const whole = foldedText(word);
    return [whole, whole.replaceAll(ENDS, '')];
  });
  const wanted = [...new Set(words)].filter((it) => it !== '').sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, hit: false }];
  const it = folded(text);
  const pattern = new RegExp(wanted.map(escaped).join('|'), 'gu');
  const parts: MarkedPart[] = [];
  let end = 0;
  for (const { 0: found, index } of it.text.matchAll(pattern)) {
    const from = Math.max(end, originOf(it, index));
    const to = originEndOf(it, index + found.length);
    if (to <= from) continue;
    if (from > end) parts.push({ text: text.slice(end, from), hit: false });
    parts.push({ text: text.slice(from, to), hit: true });
    end = to;
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), hit: false });
  return parts;
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
