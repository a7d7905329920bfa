/** What a TLS ClientHello offers (RFC 8446, section 4.1.2), as code points. */
export interface ClientHello {
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  readonly signatures: readonly number[];
  /** Null without a server name. */
  readonly serverName: string | null;
}

const RECORD_HEAD = 5;
const MESSAGE_HEAD = 4;
const VERSION_AND_RANDOM = 34;

/** Reads the ClientHello in the first TLS record of `bytes`. */
export function parseClientHello(bytes: Buffer): ClientHello {
  let at = RECORD_HEAD + MESSAGE_HEAD + VERSION_AND_RANDOM;
  const take = (lengthBytes: 1 | 2): Buffer => {
    const length = bytes.readUIntBE(at, lengthBytes);
    const start = at + lengthBytes;
    at = start + length;
    return bytes.subarray(start, at);
  };
  take(1); // session id
  const suites = codePoints(take(2));
  take(1); // compression
  const end = at + 2 + bytes.readUInt16BE(at);
  at += 2;
  const extensions = new Map<number, Buffer>();
  while (at < end) {
    const type = bytes.readUInt16BE(at);
    at += 2;
    extensions.set(type, take(2));
  }
  const name = extensions.get(0);
  return {
    suites,
    versions: codePoints(extensions.get(43)?.subarray(1)),
    groups: codePoints(extensions.get(10)?.subarray(2)),
    signatures: codePoints(extensions.get(13)?.subarray(2)),
    serverName: name === undefined ? null : name.subarray(5).toString('latin1'),
  };
}

function codePoints(list: Buffer = Buffer.alloc(0)): readonly number[] {
  return Array.from({ length: list.length / 2 }, (_, index) => list.readUInt16BE(index * 2));
}
