/**
 * The folding of texts for comparison in a search: of words in the index, of queries, and of
 * highlighted hits. Case, accents and width do not matter, and neither does what people leave out
 * when they type: strokes and ligatures of Latin letters (`lodz` is Łódź, `strasse` is straße),
 * vowel points of Hebrew and Arabic, forms of one letter (alef with its hamza, final letters),
 * lengthening strokes, and what is not drawn at all (soft hyphens, joiners).
 *
 * A change here needs a migration that rebuilds the word index.
 */
export interface Folded {
  readonly text: string;
  /**
   * The position in the original of each UTF-16 unit of `text`, and at the end the original's
   * length; null when both have the same length and positions.
   */
  readonly at: readonly number[] | null;
}

/**
 * A character with its combining marks; the parts of a Hangul syllable; a flag made of tags. Sorting
 * marks into canonical order takes time quadratic in their number, so at most 30 belong to one
 * cluster: no language writes more (Unicode Standard Annex #15, "Stream-Safe Text Format").
 */
const CLUSTER =
  /\u{1f3f4}[\u{e0020}-\u{e007f}]+|[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]{0,30}|[\p{M}\uff9e\uff9f]{1,30}/uy;

const PLAIN = /^[\x20-\x7e\s]*$/;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
/** Begins no cluster of its own, or may begin a longer one: marks, Hangul jamo, halves of a pair. */
const NOT_ALONE = /[\p{M}\uff9e\uff9f\u1100-\u11ff\ud800-\udfff]/u;
const PAIR = /^[\ud800-\udbff][\udc00-\udfff]/;
/** Beyond the first plane: what continues a cluster. */
const CONTINUES = /[\p{M}\u{e0020}-\u{e007f}]/u;
const SPACE = /^\s$/;
const TAGGED_FLAG = /^\u{1f3f4}./u;

/**
 * Not drawn at all (except isolates, which separate words), or changing only how an emoji looks;
 * marks that are left out in their scripts (not the voicing of kana); lengthening strokes; nuktas
 * of Indic scripts.
 */
const LEFT_OUT =
  /[[[\p{DI}--[\u202a-\u202e\u2066-\u2069]]\p{EMod}\u0640\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc][[\p{M}&&[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}]]--[\u3099\u309a]]]/gv;

/** Letters without a Unicode decomposition, as people type them on keyboards that lack them. */
const TYPED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    þ: 'th',
    ø: 'o',
    ɔ: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    ɖ: 'd',
    ɗ: 'd',
    ħ: 'h',
    ı: 'i',
    ɨ: 'i',
    ȷ: 'j',
    ĸ: 'k',
    ƙ: 'k',
    ŋ: 'n',
    ŧ: 't',
    ƶ: 'z',
    ƀ: 'b',
    ɓ: 'b',
    ƒ: 'f',
    ǥ: 'g',
    ə: 'e',
    ɛ: 'e',
    ʉ: 'u',
    ƴ: 'y',
    ґ: 'г',
    // the end of a word
    ς: 'σ',
    ך: 'כ',
    ם: 'מ',
    ן: 'נ',
    ף: 'פ',
    ץ: 'צ',
    // forms of one letter in Arabic script
    ٱ: 'ا',
    ى: 'ي',
    ی: 'ي',
    ې: 'ي',
    ک: 'ك',
    ة: 'ه',
    ہ: 'ه',
    ھ: 'ه',
    ە: 'ه',
    // characters that keyboards write in one way and texts in another; letters that replace one
    '‘': "'",
    '’': "'",
    '‛': "'",
    ʹ: "'",
    ʻ: "'",
    ʼ: "'",
    ʽ: "'",
    ʾ: "'",
    ʿ: "'",
    '“': '"',
    '”': '"',
    '„': '"',
    '‐': '-',
    '‑': '-',
    '–': '-',
    '—': '-',
    '−': '-',
  }),
);

const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;
const WIDE_SIGN = /[\uff01-\uff5e]/;

/** Cache of folded clusters: a text has few different ones. */
const known = new Map<string, string>();
const MOST_KNOWN = 4_096;

/**
 * The folded form of each UTF-16 unit that is a cluster unless a mark follows; null for others. Made
 * as units occur: nearly all texts consist of nothing else, and a pattern takes ten times as long.
 */
const alone: (string | null | undefined)[] = [];

function foldedAlone(code: number): string | null {
  let part = alone[code];
  if (part === undefined) {
    const unit = String.fromCharCode(code);
    part = NOT_ALONE.test(unit) ? null : foldCluster(unit);
    alone[code] = part;
  }
  return part;
}

/** The folded form of `text`, with the position of each part in the original. */
export function folded(text: string): Folded {
  if (PLAIN.test(text)) return { text: text.toLowerCase(), at: null };
  const at: number[] = [];
  const result = fold(text, (index, length) => {
    for (let unit = 0; unit < length; unit += 1) at.push(index);
  });
  at.push(text.length);
  return { text: result, at };
}

/** The folded form of `text`, for those that need no positions. */
export function foldedText(text: string): string {
  return PLAIN.test(text) ? text.toLowerCase() : fold(text, () => {});
}

/** @param found called for each cluster: its position, and the length of its folded form */
function fold(text: string, found: (index: number, length: number) => void): string {
  let result = '';
  /** From here on, clusters are their own folded forms: they are added in one piece. */
  let same = 0;
  let next = formAt(text, 0);
  for (let index = 0; index < text.length; ) {
    const form = next;
    next = formAt(text, index + 1);
    if (form !== null && next !== null) {
      found(index, form.length);
      if (form.length !== 1 || form.charCodeAt(0) !== text.charCodeAt(index)) {
        result += text.slice(same, index) + form;
        same = index + 1;
      }
      index += 1;
    } else {
      const cluster = clusterAt(text, index);
      const folded = cachedFold(cluster);
      found(index, folded.length);
      result += text.slice(same, index) + folded;
      index += cluster.length;
      same = index;
      next = formAt(text, index);
    }
  }
  return result + text.slice(same);
}

/** The folded form of the unit at `index`, '' at the end; null if it may not stand alone. */
function formAt(text: string, index: number): string | null {
  return index < text.length ? foldedAlone(text.charCodeAt(index)) : '';
}

/** The first position from `index` on where `text` may be parted and folded in two parts. */
export function clusterEndFrom(text: string, index: number): number {
  let end = Math.min(index, text.length);
  while (end < text.length && !beginsCluster(text, end)) end += 1;
  return end;
}

function beginsCluster(text: string, index: number): boolean {
  if (formAt(text, index) !== null) return true;
  const isPair = PAIR.test(text.slice(index, index + 2));
  return isPair && !CONTINUES.test(text.slice(index, index + 2));
}

function clusterAt(text: string, index: number): string {
  CLUSTER.lastIndex = index;
  return CLUSTER.exec(text)?.[0] ?? text.slice(index, index + 1);
}

/** The position in the original of unit `index` of the folded text. */
export function originOf({ at }: Folded, index: number): number {
  return at === null ? index : (at[index] ?? at.at(-1) ?? 0);
}

/** The end in the original of what ends before unit `end` of the folded text. */
export function originEndOf(it: Folded, end: number): number {
  if (it.at === null || end === 0) return end;
  // Several units may come from one cluster, which ends where the next one begins.
  const last = originOf(it, end - 1);
  let next = end;
  while (next < it.at.length - 1 && originOf(it, next) === last) next += 1;
  return originOf(it, next);
}

function cachedFold(cluster: string): string {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const result = foldCluster(cluster);
  if (cluster.length <= 8) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(cluster, result);
  }
  return result;
}

function foldCluster(cluster: string): string {
  if (SPACE.test(cluster) || TAGGED_FLAG.test(cluster)) return cluster;
  // Of symbols only the width is folded: `™` is not a word.
  const isWord = LETTER.test(cluster);
  const apart = isWord || WIDE_SIGN.test(cluster) ? cluster.normalize('NFKD') : cluster;
  const bare = apart.toLowerCase().replaceAll(LEFT_OUT, '');
  const typed = Array.from(bare, (sign) => TYPED.get(sign) ?? sign).join('');
  return typed
    .replaceAll(ARABIC_DIGIT, (digit) => String((digit.charCodeAt(0) & 0x0f) % 10))
    .normalize('NFC');
}
