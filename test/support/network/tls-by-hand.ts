import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came of a handshake and of the request sent inside it. */
export type HandshakeEnd =
  | { readonly type: 'answered'; readonly text: string }
  /** The number of the server's fatal alert (RFC 8446, section 6). */
  | { readonly type: 'alert'; readonly description: number }
  | { readonly type: 'closed' };

export interface TlsByHandOptions {
  readonly port: number;
  /** The certificate to present, and the key to sign with: they need not belong together. */
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** Sent when our side of the handshake is done. */
  readonly request: string;
  /** How often the certificate is shown: a chain. Once unless given. */
  readonly times?: number;
  /** Bytes of the handshake in one record, 16 KiB at most. All there is unless given. */
  readonly recordBytes?: number;
  /** The address to come from; 127.0.0.1 unless given. */
  readonly localAddress?: string;
  /** Puts the request into records; into one unless given. */
  readonly seal?: (request: Buffer, records: Records) => readonly Buffer[];
}

/** What comes behind the handshake, record by record. */
export interface Records {
  /** A record of application data, of 16 KiB at most. */
  readonly data: (content: Uint8Array) => Buffer;
  /** A record that says that those behind it have a new key (RFC 8446, section 4.6.3). */
  readonly newKey: () => Buffer;
}

const [CHANGE_CIPHER, ALERT, HANDSHAKE, DATA] = [20, 21, 22, 23];
const [SERVER_HELLO, CERTIFICATE, VERIFY, FINISHED, KEY_UPDATE] = [2, 11, 15, 20, 24];
const HASH_BYTES = 32;

/**
 * A TLS 1.3 client (RFC 8446: x25519, AES-128-GCM, ECDSA P-256) that can do what libraries refuse:
 * present a certificate without having its key. It does not check the server.
 */
export async function tlsByHand(options: TlsByHandOptions): Promise<HandshakeEnd> {
  const { port, localAddress = '127.0.0.1' } = options;
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect');
    return await handshake(socket, options);
  } finally {
    socket.destroy();
  }
}

async function handshake(socket: Socket, options: TlsByHandOptions): Promise<HandshakeEnd> {
  const own = generateKeyPairSync('x25519');
  const transcript: Buffer[] = [];
  const hash = () => createHash('sha256').update(Buffer.concat(transcript)).digest();
  const records = readRecords(socket);

  const hello = message(1, clientHello(own.publicKey.export({ type: 'spki', format: 'der' })));
  transcript.push(hello);
  socket.write(Buffer.concat([Buffer.from([HANDSHAKE, 3, 1]), uint(hello.length, 2), hello]));

  const first = (await records.next()).value;
  if (!first || first.type !== HANDSHAKE) return endOf(first);
  transcript.push(first.body);
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: serverShare(first.body) });

  const zero = Buffer.alloc(HASH_BYTES);
  const emptyHash = createHash('sha256').digest();
  const handshakeSecret = extract(expand(extract(zero, zero), 'derived', emptyHash), shared);
  const theirs = new Protection(expand(handshakeSecret, 's hs traffic', hash()));
  const ourTraffic = expand(handshakeSecret, 'c hs traffic', hash());
  const ours = new Protection(ourTraffic);

  let flight = Buffer.alloc(0);
  while (!isComplete(flight)) {
    const record = (await records.next()).value;
    if (!record || record.type !== DATA) return endOf(record);
    flight = Buffer.concat([flight, theirs.open(record.head, record.body).content]);
  }
  transcript.push(flight);
  const master = extract(expand(handshakeSecret, 'derived', emptyHash), zero);
  const theirData = new Protection(expand(master, 's ap traffic', hash()));
  const ourData = new Protection(expand(master, 'c ap traffic', hash()));

  const certificate = new X509Certificate(options.certificatePem).raw;
  const entry = Buffer.concat([uint(certificate.length, 3), certificate, uint(0, 2)]);
  const entries = Buffer.concat(Array.from({ length: options.times ?? 1 }, () => entry));
  const shown = message(CERTIFICATE, Buffer.concat([uint(0, 1), uint(entries.length, 3), entries]));
  transcript.push(shown);
  const signature = sign(
    'sha256',
    Buffer.concat([
      Buffer.alloc(64, 0x20),
      Buffer.from('TLS 1.3, client CertificateVerify\0'),
      hash(),
    ]),
    options.privateKeyPem,
  );
  const verify = message(
    VERIFY,
    Buffer.concat([uint(0x0403, 2), uint(signature.length, 2), signature]),
  );
  transcript.push(verify);
  const finishedKey = expand(ourTraffic, 'finished', Buffer.alloc(0));
  const finished = message(FINISHED, createHmac('sha256', finishedKey).update(hash()).digest());
  const proof = Buffer.concat([shown, verify, finished]);
  const { recordBytes = proof.length } = options;
  for (let at = 0; at < proof.length; at += recordBytes) {
    socket.write(ours.seal(HANDSHAKE, proof.subarray(at, at + recordBytes)));
  }
  const { seal = (request, { data }) => [data(request)] } = options;
  const sealed = seal(Buffer.from(options.request), {
    data: (content) => ourData.seal(DATA, content),
    newKey: () => {
      const record = ourData.seal(HANDSHAKE, message(KEY_UPDATE, Buffer.from([0])));
      ourData.renew();
      return record;
    },
  });
  socket.write(Buffer.concat(sealed));

  for await (const record of records) {
    if (record.type !== DATA) return endOf(record);
    const { type, content } = theirData.open(record.head, record.body);
    if (type === DATA) return { type: 'answered', text: content.toString() };
    if (type === ALERT) return { type: 'alert', description: content.readUInt8(1) };
  }
  return { type: 'closed' };
}

/** Keys of one direction (RFC 8446, sections 5.2, 5.3 and 7.3). */
class Protection {
  #secret: Buffer;
  #key: Buffer;
  #iv: Buffer;
  #count = 0;

  constructor(secret: Buffer) {
    this.#secret = secret;
    this.#key = expand(secret, 'key', Buffer.alloc(0), 16);
    this.#iv = expand(secret, 'iv', Buffer.alloc(0), 12);
  }

  /** The next key of the same direction (RFC 8446, section 7.2). */
  renew(): void {
    this.#secret = expand(this.#secret, 'traffic upd', Buffer.alloc(0));
    this.#key = expand(this.#secret, 'key', Buffer.alloc(0), 16);
    this.#iv = expand(this.#secret, 'iv', Buffer.alloc(0), 12);
    this.#count = 0;
  }

  seal(type: number, content: Uint8Array): Buffer {
    const head = Buffer.concat([Buffer.from([DATA, 3, 3]), uint(content.length + 17, 2)]);
    const cipher = createCipheriv('aes-128-gcm', this.#key, this.#nonce()).setAAD(head);
    const body = cipher.update(Buffer.concat([content, uint(type, 1)]));
    return Buffer.concat([head, body, cipher.final(), cipher.getAuthTag()]);
  }

  open(head: Buffer, sealed: Buffer): { readonly type: number; readonly content: Buffer } {
    const decipher = createDecipheriv('aes-128-gcm', this.#key, this.#nonce());
    decipher.setAAD(head).setAuthTag(sealed.subarray(-16));
    const inner = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    const end = inner.findLastIndex((byte) => byte !== 0);
    return { type: inner.readUInt8(end), content: inner.subarray(0, end) };
  }

  #nonce(): Buffer {
    const nonce = Buffer.from(this.#iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ this.#count) >>> 0, 8);
    this.#count += 1;
    return nonce;
  }
}

interface TlsRecord {
  readonly type: number;
  readonly head: Buffer;
  readonly body: Buffer;
}

async function* readRecords(socket: Socket): AsyncGenerator<TlsRecord, undefined> {
  let buffered = Buffer.alloc(0);
  for await (const chunk of untilClosed(socket)) {
    buffered = Buffer.concat([buffered, chunk as Buffer]);
    while (buffered.length >= 5 && buffered.length >= 5 + buffered.readUInt16BE(3)) {
      const end = 5 + buffered.readUInt16BE(3);
      const record = { head: buffered.subarray(0, 5), body: buffered.subarray(5, end) };
      buffered = buffered.subarray(end);
      const type = record.head.readUInt8(0);
      // Means nothing in TLS 1.3 (RFC 8446, section 5).
      if (type !== CHANGE_CIPHER) yield { type, ...record };
    }
  }
  return undefined;
}

/** However it ends, a reset included. */
async function* untilClosed(socket: Socket): AsyncGenerator<unknown, void> {
  try {
    yield* socket;
  } catch {
    // The other side has cut it: nothing more comes.
  }
}

function endOf(record: TlsRecord | undefined): HandshakeEnd {
  if (record?.type === ALERT) return { type: 'alert', description: record.body.readUInt8(1) };
  return { type: 'closed' };
}

function clientHello(publicKeySpki: Buffer): Buffer {
  const share = publicKeySpki.subarray(-32);
  const extensions = Buffer.concat([
    extension(43, Buffer.from([2, 3, 4])),
    extension(10, Buffer.from([0, 2, 0, 0x1d])),
    extension(13, Buffer.from([0, 2, 4, 3])),
    extension(51, Buffer.concat([uint(36, 2), uint(0x1d, 2), uint(32, 2), share])),
  ]);
  return Buffer.concat([
    Buffer.from([3, 3]),
    randomBytes(32),
    Buffer.from([0, 0, 2, 0x13, 0x01, 1, 0]),
    uint(extensions.length, 2),
    extensions,
  ]);
}

/** The server's x25519 key, from its ServerHello. */
function serverShare(hello: Buffer) {
  if (hello.readUInt8(0) !== SERVER_HELLO) throw new Error('no ServerHello');
  const head = 4 + 2 + 32;
  let at = head + 1 + hello.readUInt8(head) + 3 + 2;
  while (hello.readUInt16BE(at) !== 51) at += 4 + hello.readUInt16BE(at + 2);
  const raw = hello.subarray(at + 8, at + 40);
  const prefix = Buffer.from('302a300506032b656e032100', 'hex');
  return createPublicKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'spki' });
}

/** Whether the server's flight ends with a whole Finished. */
function isComplete(flight: Buffer): boolean {
  let at = 0;
  while (at + 4 <= flight.length) {
    const next = at + 4 + flight.readUIntBE(at + 1, 3);
    if (flight.readUInt8(at) === FINISHED) return next <= flight.length;
    at = next;
  }
  return false;
}

function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([uint(type, 1), uint(body.length, 3), body]);
}

function extension(type: number, body: Buffer): Buffer {
  return Buffer.concat([uint(type, 2), uint(body.length, 2), body]);
}

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

function extract(salt: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', salt).update(secret).digest();
}

/** HKDF-Expand-Label (RFC 8446, section 7.1); one block is enough for every key here. */
function expand(secret: Buffer, label: string, context: Buffer, length = HASH_BYTES): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([
    uint(length, 2),
    uint(name.length, 1),
    name,
    uint(context.length, 1),
    context,
    uint(1, 1),
  ]);
  return createHmac('sha256', secret).update(info).digest().subarray(0, length);
}
