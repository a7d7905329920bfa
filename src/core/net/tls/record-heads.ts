const HEAD_BYTES = 5;
/** Offset of the two length bytes in a record header. */
const LENGTH_AT = 3;

/** Incremental parser of TLS record headers (RFC 8446, section 5.1), for arbitrary chunks. */
export class RecordHeads {
  #type = 0;
  #length = 0;
  #began = false;
  /** Bytes of the header that have arrived. */
  #head = 0;
  /** Bytes of the current record that have not arrived yet. */
  #rest = 0;

  /** The content type of the latest record. */
  get type(): number {
    return this.#type;
  }

  /** The length in its header, of the bytes after the header. */
  get length(): number {
    return this.#length;
  }

  /** Whether a record began in the last step: whether its header became complete. */
  get began(): boolean {
    return this.#began;
  }

  /** Advances from `at` to the end of a record, or of the bytes. Returns that position. */
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

/** Total bytes of the record that `bytes` begin with; null until its header is complete. */
export function firstRecordBytes(bytes: Buffer): number | null {
  return bytes.length < HEAD_BYTES ? null : HEAD_BYTES + bytes.readUInt16BE(LENGTH_AT);
}

/** Total bytes of a record. */
export function recordBytes(heads: RecordHeads): number {
  return HEAD_BYTES + heads.length;
}
