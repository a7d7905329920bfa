import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/**
 * A certificate chain that costs whoever verifies it about 5 ms a certificate and whoever shows it
 * nothing: authorities with an RSA key of 3,072 bits whose public exponent is as long. (Beyond that
 * length OpenSSL takes short exponents only.)
 */
export interface CostlyChain {
  readonly key: string;
  readonly cert: string;
}

const BITS = 3_072;
const CERTIFICATES = 60;
/** Short, since its owner pays for it: the public exponent is its inverse. */
const PRIVATE_EXPONENT = 65_537n;

export function costlyChain(): CostlyChain {
  const authority = withLongExponent();
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
  const publicAuthority = publicOf(authority);
  const certificates = [
    certificate(authority, 'Peer', name(1), spkiOf(leaf.publicKey), false),
    ...Array.from({ length: CERTIFICATES }, (_, index) =>
      certificate(authority, name(index + 1), name(index + 2), publicAuthority, true),
    ),
  ];
  return {
    key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificates.map(pem).join(''),
  };
}

const name = (index: number): string => `Authority ${index}`;

interface RsaNumbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly key: KeyObject;
}

function withLongExponent(): RsaNumbers {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: BITS });
  const jwk = privateKey.export({ format: 'jwk' });
  const [p, q] = [numberFrom(jwk.p), numberFrom(jwk.q)];
  const n = p * q;
  const e = inverse(PRIVATE_EXPONENT, (p - 1n) * (q - 1n));
  const parts = {
    n,
    e,
    d: PRIVATE_EXPONENT,
    p,
    q,
    dp: PRIVATE_EXPONENT % (p - 1n),
    dq: PRIVATE_EXPONENT % (q - 1n),
    qi: inverse(q, p),
  };
  const encoded = Object.fromEntries(
    Object.entries(parts).map(([key, value]) => [key, bytesOf(value).toString('base64url')]),
  );
  return { n, e, key: createPrivateKey({ key: { kty: 'RSA', ...encoded }, format: 'jwk' }) };
}

const numberFrom = (text = ''): bigint =>
  BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** The extended algorithm of Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next, x, nextX] = [modulus, value % modulus, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [x, nextX] = [nextX, x - quotient * nextX];
  }
  if (r !== 1n) throw new Error('There is no inverse.');
  return ((x % modulus) + modulus) % modulus;
}

// DER (ITU-T X.690), as far as a certificate (RFC 5280) needs it.

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = bytesOf(BigInt(body.length));
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const integer = (value: bigint): Buffer => {
  const bytes = bytesOf(value);
  return der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
};
const bitString = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), der(0x05));
const RSA = sequence(oid('2a864886f70d010101'), der(0x05));
const VALIDITY = sequence(
  der(0x17, Buffer.from('200101000000Z')),
  der(0x17, Buffer.from('490101000000Z')),
);
/** Critical basic constraints: this is an authority. */
const IS_AUTHORITY = der(
  0xa3,
  sequence(
    sequence(
      oid('551d13'),
      der(0x01, Buffer.from([0xff])),
      der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
    ),
  ),
);

const distinguishedName = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));

const publicOf = ({ n, e }: RsaNumbers): Buffer =>
  sequence(RSA, bitString(sequence(integer(n), integer(e))));

function certificate(
  authority: RsaNumbers,
  subject: string,
  issuer: string,
  spki: Buffer,
  isAuthority: boolean,
): Buffer {
  const body = sequence(
    der(0xa0, integer(2n)),
    integer(1n),
    SHA256_WITH_RSA,
    distinguishedName(issuer),
    VALIDITY,
    distinguishedName(subject),
    spki,
    ...(isAuthority ? [IS_AUTHORITY] : []),
  );
  return sequence(body, SHA256_WITH_RSA, bitString(sign('sha256', body, authority.key)));
}

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`;
