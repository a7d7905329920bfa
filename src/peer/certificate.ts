import { createPublicKey, type KeyObject, sign } from 'node:crypto';

/**
 * A certificate of the one kind that peers show, in DER (X.690): version 3, for itself and signed by
 * itself (RFC 5280, section 4.1). All but serial number, key and signature is the same for everybody,
 * so that it says nothing about its owner.
 *
 * Peers compare keys, never dates, so it must not age: the end is the date that means "no expiry"
 * (RFC 5280, section 4.1.2.5; a GeneralizedTime, as every date from 2050 on), and the start lies far
 * enough back to hold under a wrong clock.
 *
 * @param privateKey P-256
 * @param serial a positive number, big-endian, without leading zeros; at most 20 bytes
 */
export function selfSigned(privateKey: KeyObject, serial: Uint8Array): Buffer {
  const signed = sequence(
    context(0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_WITH_SHA256,
    NAME,
    VALIDITY,
    NAME,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    context(3, EXTENSIONS),
  );
  const signature = sign('sha256', signed, { key: privateKey, dsaEncoding: 'der' });
  return sequence(signed, ECDSA_WITH_SHA256, bitString(signature));
}

/** Tags (X.690, section 8; the high bits: 0x20 holds others, 0x80 means what the place says). */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context: 0xa0,
} as const;

const sequence = (...parts: readonly Uint8Array[]) => element(TAG.sequence, ...parts);
const context = (number: number, part: Uint8Array) => element(TAG.context + number, part);
const integer = (bytes: Uint8Array) => element(TAG.integer, bytes);
const octets = (bytes: Uint8Array) => element(TAG.octetString, bytes);
const text = (tag: number, content: string) => element(tag, Buffer.from(content, 'latin1'));
/** An object identifier, by its content in hexadecimal. */
const objectId = (hex: string) => element(TAG.objectId, Buffer.from(hex, 'hex'));
/** A bit string; `unused` of its last bits do not count. */
const bitString = (bytes: Uint8Array, unused = 0) =>
  element(TAG.bitString, Buffer.from([unused]), bytes);

/** Tag, length, content (X.690, section 8.1); the content is shorter than 64 KiB. */
function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** 1.2.840.10045.4.3.2 (RFC 5758, section 3.2). */
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

/** CN=Parley peer; commonName is 2.5.4.3. */
const NAME = sequence(
  element(TAG.set, sequence(objectId('550403'), text(TAG.printableString, 'Parley peer'))),
);

const VALIDITY = sequence(
  text(TAG.utcTime, '000101000000Z'),
  text(TAG.generalizedTime, '99991231235959Z'),
);

/** BoringSSL refuses a TLS certificate whose key usage lacks digitalSignature, the first bit. */
const KEY_USAGE = sequence(
  objectId('551d0f'),
  element(TAG.boolean, Buffer.from([0xff])),
  octets(bitString(Buffer.from([0x80]), 7)),
);

/** serverAuth and clientAuth: peers are both (RFC 5280, section 4.2.1.12). */
const EXTENDED_KEY_USAGE = sequence(
  objectId('551d25'),
  octets(sequence(objectId('2b06010505070301'), objectId('2b06010505070302'))),
);

const EXTENSIONS = sequence(KEY_USAGE, EXTENDED_KEY_USAGE);
