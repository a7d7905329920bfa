/** A piece of a text; `hit` when it is what was searched for. All pieces make the text. */
export interface MarkedPart {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts `text` where the words of `query` begin in it, without heed to case. */
export function markWords(text: string, query: string): readonly MarkedPart[] {
  const words = query
    .split(/\s+/u)
    .filter((it) => it !== '')
    .map(escaped);
  if (words.length === 0) return [{ text, hit: false }];
  const parts: MarkedPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(new RegExp(words.join('|'), 'giu'))) {
    if (index > end) parts.push({ text: text.slice(end, index), hit: false });
    parts.push({ text: found, hit: true });
    end = index + found.length;
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), hit: false });
  return parts;
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
