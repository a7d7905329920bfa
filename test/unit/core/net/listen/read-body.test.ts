import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../../../../src/core/net/listen/read-body.ts';

/** A request whose body is made chunk by chunk, as it is read. */
function requestOf(chunks: Iterable<Buffer>, headers: IncomingMessage['headers'] = {}) {
  const body = Readable.from(chunks, { objectMode: false, highWaterMark: 1 });
  return Object.assign(body, { headers }) as unknown as IncomingMessage;
}

const limits = { bodyBytes: 1_000 };

describe('a body', () => {
  test('is read whole up to the limit', async () => {
    const chunks = [Buffer.alloc(400, 'a'), Buffer.alloc(600, 'b')];
    expect(await readBody(requestOf(chunks), limits, () => {})).toEqual(Buffer.concat(chunks));
  });

  test('does not retain the chunks in which it arrives', async () => {
    const request = requestOf(Array.from('in small pieces', (letter) => Buffer.from(letter)));
    const reading = readBody(request, limits, () => {});
    // Told after the reader: whatever it kept would be wiped.
    request.on('data', (piece: Buffer) => piece.fill('-'));
    expect((await reading).toString()).toBe('in small pieces');
  });

  test('that never ends is read up to the limit only', async () => {
    let made = 0;
    function* endless() {
      for (;;) {
        made += 100;
        yield Buffer.alloc(100);
      }
    }
    await expect(readBody(requestOf(endless()), limits, () => {})).rejects.toThrow(
      'The body is too big; the limit is 1000 bytes.',
    );
    expect(made).toBeLessThanOrEqual(1_500);
  });

  test('whose declared length is over the limit is neither requested nor read', async () => {
    let wanted = false;
    const request = requestOf([Buffer.from('x')], { 'content-length': '1001' });
    await expect(
      readBody(request, limits, () => {
        wanted = true;
      }),
    ).rejects.toThrow('the limit is 1000 bytes');
    expect(wanted).toBe(false);
    expect(request.readableDidRead).toBe(false);
  });

  test('whose client disconnects is an error, not a partial body', async () => {
    const request = requestOf(['half', 'never', 'read'].map((text) => Buffer.from(text)));
    request.once('data', () => request.destroy());
    await expect(readBody(request, limits, () => {})).rejects.toThrow('The caller went away.');
  });
});
