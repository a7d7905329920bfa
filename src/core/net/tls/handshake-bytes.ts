import { type RecordHeads, recordBytes } from './record-heads.ts';

/** Content types of TLS records (RFC 8446, section 5.1). */
const SEALED = 0x17;
const KNOWN_TYPES: ReadonlySet<number> = new Set([0x14, 0x15, 0x16, SEALED]);

export interface HandshakeLimits {
  /** Bytes of plaintext records. */
  readonly open: number;
  /** Bytes of encrypted records. */
  readonly sealed: number;
}

/**
 * Limits the bytes of the peer's TLS 1.3 handshake before OpenSSL sees them: OpenSSL verifies every
 * certificate of a chain once the chain is complete, whatever that costs. In TLS 1.3 the hello is
 * in plaintext records, everything after it, certificates first, in encrypted ones (RFC 8446,
 * section 2). A record counts with the length in its header.
 */
export class HandshakeBytes {
  readonly #left: { open: number; sealed: number };
  readonly #heads: RecordHeads;
  #over = false;
  #garbled = false;

  /** @param heads record parser, advanced over the bytes that are admitted */
  constructor(limits: HandshakeLimits, heads: RecordHeads) {
    this.#left = { ...limits };
    this.#heads = heads;
  }

  /** How many of these bytes may pass: up to the end of a record; 0 when there are too many. */
  admit(bytes: Buffer): number {
    if (this.#over) return 0;
    // OpenSSL recognises at the first byte what is not TLS.
    if (this.#garbled) return this.#count(false, bytes.length) ? bytes.length : 0;
    const end = this.#heads.step(bytes, 0);
    if (!this.#heads.began) return end;
    const { type } = this.#heads;
    this.#garbled = !KNOWN_TYPES.has(type);
    if (this.#garbled) return this.#count(false, bytes.length) ? bytes.length : 0;
    return this.#count(type === SEALED, recordBytes(this.#heads)) ? end : 0;
  }

  #count(sealed: boolean, bytes: number): boolean {
    const kind = sealed ? 'sealed' : 'open';
    this.#left[kind] -= bytes;
    this.#over = this.#left[kind] < 0;
    return !this.#over;
  }
}
