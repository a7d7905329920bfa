/** Content types of TLS records (RFC 8446, section 5.1). */
const SEALED = 0x17;
const KNOWN_TYPES: ReadonlySet<number> = new Set([0x14, 0x15, 0x16, SEALED]);

const HEAD_BYTES = 5;

export interface HandshakeLimits {
  /** Bytes of open records. */
  readonly open: number;
  /** Bytes of sealed records. */
  readonly sealed: number;
}

/**
 * Counts what the other side sends of a TLS 1.3 handshake, before OpenSSL sees it: OpenSSL verifies
 * every certificate of a chain as soon as the chain is whole, whatever that costs. In TLS 1.3 the
 * greeting comes in open records and all that follows, certificates first, in sealed ones
 * (RFC 8446, section 2). A record counts with the length that its head announces.
 */
export class HandshakeBytes {
  readonly #left: { open: number; sealed: number };
  /** The head of a record as far as it has come. */
  #head: Buffer = Buffer.alloc(0);
  /** Bytes of the present record that have not come yet. */
  #rest = 0;
  #over = false;
  #garbled = false;

  constructor(limits: HandshakeLimits) {
    this.#left = { ...limits };
  }

  /** How many of these bytes may go on: up to the end of a record; 0 when there are too many. */
  admit(bytes: Buffer): number {
    if (this.#over) return 0;
    // What is no TLS is told apart by OpenSSL, at its first byte.
    if (this.#garbled) return this.#count(false, bytes.length) ? bytes.length : 0;
    if (this.#rest > 0) return this.#inside(bytes.length);
    const missing = HEAD_BYTES - this.#head.length;
    const taken = bytes.subarray(0, missing);
    this.#head = Buffer.concat([this.#head, taken]);
    if (taken.length < missing) return taken.length;
    const type = this.#head.readUInt8(0);
    const length = this.#head.readUInt16BE(3);
    this.#head = Buffer.alloc(0);
    this.#garbled = !KNOWN_TYPES.has(type);
    if (this.#garbled) return this.#count(false, bytes.length) ? bytes.length : 0;
    if (!this.#count(type === SEALED, HEAD_BYTES + length)) return 0;
    this.#rest = length;
    return taken.length + this.#inside(bytes.length - taken.length);
  }

  #inside(available: number): number {
    const count = Math.min(this.#rest, available);
    this.#rest -= count;
    return count;
  }

  #count(sealed: boolean, bytes: number): boolean {
    const kind = sealed ? 'sealed' : 'open';
    this.#left[kind] -= bytes;
    this.#over = this.#left[kind] < 0;
    return !this.#over;
  }
}
