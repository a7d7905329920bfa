/** The lines of a text that comes in pieces of any size; ends of line may be LF or CRLF. */
export async function* readLines(
  text: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string> {
  let pieces: string[] = [];
  let first = true;
  for await (const part of text) {
    // Some editors put a byte order mark in front when they save.
    const lines = (first ? part.replace(/^\ufeff/, '') : part).split('\n');
    if (part !== '') first = false;
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      yield withoutReturn(pieces.join('') + line);
      pieces = [];
    }
    if (rest !== '') pieces.push(rest);
  }
  if (pieces.length > 0) yield withoutReturn(pieces.join(''));
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
