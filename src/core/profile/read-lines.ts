/**
 * The lines of a text in chunks of any size; line ends may be LF or CRLF, and the last line need
 * not have one. A line of more than `limit` UTF-16 units is returned as null and ends the text, so
 * that no input can fill memory.
 */
export async function* readLines(
  text: AsyncIterable<string> | Iterable<string>,
  limit: number,
): AsyncGenerator<string | null> {
  let pieces: string[] = [];
  let length = 0;
  let first = true;
  for await (const part of text) {
    // Some editors save a byte order mark.
    const lines = (first ? part.replace(/^\ufeff/, '') : part).split('\n');
    if (part !== '') first = false;
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      if (length + line.length > limit) return yield null;
      yield withoutReturn(pieces.join('') + line);
      pieces = [];
      length = 0;
    }
    length += rest.length;
    if (length > limit) return yield null;
    if (rest !== '') pieces.push(rest);
  }
  if (pieces.length > 0) yield withoutReturn(pieces.join(''));
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
