/** Bytes of a connection's TLS handshake that an eavesdropper cannot mistake for a message. */
const [CLIENT_HELLO, CHANGE_CIPHER, ALERT, HANDSHAKE] = [1, 20, 21, 22];

/** What kinds of TLS records one side sent, by content type; fails on bytes that are no TLS. */
export function recordTypes(bytes: Buffer): readonly number[] {
  const types: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const type = bytes.readUInt8(at);
    if (type < CHANGE_CIPHER || type > 23) throw new Error(`byte ${type} at ${at} is no TLS`);
    types.push(type);
    at += 5 + bytes.readUInt16BE(at + 3);
  }
  return types;
}

/**
 * Whether the bytes are nothing but the unencrypted beginning of a TLS connection: one ClientHello,
 * and perhaps an alert that gives up.
 */
export function isOnlyHello(bytes: Buffer): boolean {
  const [first, ...rest] = recordTypes(bytes);
  const hello = first === HANDSHAKE && bytes.readUInt8(5) === CLIENT_HELLO;
  return hello && rest.every((type) => type === ALERT || type === CHANGE_CIPHER);
}

/** Whether `text` is in the bytes as such, in another usual encoding, or inside WebSocket frames. */
export function holds(bytes: Buffer, text: string): boolean {
  const views = [bytes, unmasked(bytes)];
  return views.some((view) => encodings(text).some((encoded) => view.includes(encoded)));
}

function encodings(text: string): readonly (string | Buffer)[] {
  const raw = Buffer.from(text);
  // Base64 of a text inside a longer one, at each of the three places it can begin.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), raw])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [raw, Buffer.from(text, 'utf16le'), raw.toString('hex'), ...base64];
}

/** The payloads of the masked WebSocket frames (RFC 6455, section 5.2) that follow an upgrade. */
function unmasked(bytes: Buffer): Buffer {
  const payloads: Buffer[] = [];
  let at = bytes.indexOf('\r\n\r\n') + 4;
  while (at > 3 && at + 2 <= bytes.length) {
    const short = bytes.readUInt8(at + 1) & 0x7f;
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (at + 6 + extra > bytes.length) break;
    const length =
      extra === 0 ? short : bytes.readUIntBE(at + 2 + Math.max(0, extra - 6), Math.min(extra, 6));
    const mask = bytes.subarray(at + 2 + extra, at + 6 + extra);
    const start = at + 6 + extra;
    payloads.push(
      Buffer.from(
        bytes.subarray(start, start + length).map((byte, n) => byte ^ (mask[n % 4] ?? 0)),
      ),
    );
    at = start + length;
  }
  return Buffer.concat(payloads);
}
