/** Line ends in text from other systems; in a page only `\n` is one. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** The text with all line ends as `\n` (Unicode Standard, section 5.8). */
export function withLineFeeds(text: string): string {
  return text.replace(LINE_ENDS, '\n');
}
