/** A line longer than its reader takes. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

const LINE_FEED = 0x0a;

/**
 * The lines of a byte stream, each without its end; an unfinished last one is dropped. Rejects with
 * `LineTooLong` as soon as a line has more than `limit()` bytes, and never keeps more than that.
 */
export async function* boundedLines(
  bytes: AsyncIterable<Uint8Array>,
  limit: () => number,
): AsyncGenerator<string> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    let from = 0;
    for (let end = part.indexOf(LINE_FEED); end >= 0; end = part.indexOf(LINE_FEED, from)) {
      if (length + end - from > limit()) throw new LineTooLong();
      const line = Buffer.concat([...pieces, part.subarray(from, end)]).toString('utf8');
      pieces = [];
      length = 0;
      from = end + 1;
      yield line;
    }
    length += part.length - from;
    if (length > limit()) throw new LineTooLong();
    if (from < part.length) pieces.push(part.subarray(from));
  }
}
