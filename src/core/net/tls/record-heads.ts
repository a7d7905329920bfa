const HEAD_BYTES = 5;
/** Where a head has the length of its record, in two bytes. */
const LENGTH_AT = 3;

/** Incremental parser of TLS record headers (RFC 8446, section 5.1), for arbitrary chunks. */
export class RecordHeads {
  #type = 0;
  #length = 0;
  #began = false;
  /** How much of a head has come. */
  #head = 0;
  /** Bytes of the present record that have not come yet. */
  #rest = 0;

  /** The content type of the record that began last. */
  get type(): number {
    return this.#type;
  }

  /** The length that its head announces, of what comes behind the head. */
  get length(): number {
    return this.#length;
  }

  /** Whether a record has begun in the last step: whether its head has become whole. */
  get began(): boolean {
    return this.#began;
  }

  /** Goes on from `at` to the end of a record, or of the bytes. Answers where that is. */
  step(bytes: Buffer, at: number): number {
    this.#began = false;
    let next = at;
    if (this.#rest === 0) {
      while (next < bytes.length && !this.#began) this.#takeHead(bytes.readUInt8(next++));
      if (!this.#began) return next;
    }
    const inside = Math.min(this.#rest, bytes.length - next);
    this.#rest -= inside;
    return next + inside;
  }

  #takeHead(byte: number): void {
    if (this.#head === 0) this.#type = byte;
    if (this.#head === LENGTH_AT) this.#length = byte << 8;
    this.#head += 1;
    if (this.#head < HEAD_BYTES) return;
    this.#length |= byte;
    this.#head = 0;
    this.#rest = this.#length;
    this.#began = true;
  }
}

/** Bytes, in all, of the record that `bytes` begin with; null as long as its head is not whole. */
export function firstRecordBytes(bytes: Buffer): number | null {
  return bytes.length < HEAD_BYTES ? null : HEAD_BYTES + bytes.readUInt16BE(LENGTH_AT);
}

/** Bytes of a record in all. */
export function recordBytes(heads: RecordHeads): number {
  return HEAD_BYTES + heads.length;
}
