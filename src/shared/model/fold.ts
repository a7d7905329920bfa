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
 * A run of ASCII and Chinese characters without marks, of which only the case is folded: one by one
 * they would take most of the time of a long text. A character with its combining marks; the parts of
 * a Hangul syllable; a flag made of tags. Sorting marks into canonical order takes time quadratic in
 * their number, so at most 30 belong to one cluster: no language writes more (Unicode Standard Annex
 * #15, "Stream-Safe Text Format").
 */
const CLUSTER =
  /[\t-\r\x20-\x7e\u4e00-\u9fff]+(?![\p{M}\uff9e\uff9f])|\u{1f3f4}[\u{e0020}-\u{e007f}]+|[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]{0,30}|[\p{M}\uff9e\uff9f]{1,30}/gu;

const PLAIN = /^[\x20-\x7e\s]*$/;
const ONLY_CASE = /^[\x20-\x7e\s\u4e00-\u9fff]*$/;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
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

/** The folded form of `text`, with the position of each part in the original. */
export function folded(text: string): Folded {
  if (PLAIN.test(text)) return { text: text.toLowerCase(), at: null };
  let result = '';
  const at: number[] = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const isPlain = ONLY_CASE.test(cluster);
    const part = isPlain ? cluster.toLowerCase() : cachedFold(cluster);
    result += part;
    for (let unit = 0; unit < part.length; unit += 1) at.push(isPlain ? index + unit : index);
  }
  at.push(text.length);
  return { text: result, at };
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
  if (TAGGED_FLAG.test(cluster)) return cluster;
  // Of symbols only the width is folded: `™` is not a word.
  const isWord = LETTER.test(cluster);
  const apart = isWord || WIDE_SIGN.test(cluster) ? cluster.normalize('NFKD') : cluster;
  const bare = apart.toLowerCase().replaceAll(LEFT_OUT, '');
  const typed = Array.from(bare, (sign) => TYPED.get(sign) ?? sign).join('');
  return typed
    .replaceAll(ARABIC_DIGIT, (digit) => String((digit.charCodeAt(0) & 0x0f) % 10))
    .normalize('NFC');
}
