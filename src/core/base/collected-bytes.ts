/** Initial capacity in bytes, unless the first chunk is larger. */
const FIRST = 4 * 1024;

/**
 * Collects bytes that arrive in chunks, copying them into one buffer: a separate chunk costs some 400
 * bytes of overhead, and the sender decides how small its chunks are.
 */
export class CollectedBytes {
  #bytes: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length, FIRST));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  /** All bytes, in order; nothing may be added afterwards. */
  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** The bytes of a stream; null as soon as there are more than `limit`, and the stream is closed. */
export async function bytesWithin(
  stream: AsyncIterable<Buffer>,
  limit: number,
): Promise<Buffer | null> {
  const bytes = new CollectedBytes();
  for await (const chunk of stream) {
    if (bytes.length + chunk.length > limit) return null;
    bytes.add(chunk);
  }
  return bytes.take();
}
