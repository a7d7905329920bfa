import { generateKeyPairSync } from 'node:crypto';
import type { Identity } from '../shared/model.ts';
import { selfSigned } from './certificate.ts';
import { spkiIdentity } from './identity.ts';
import type { World } from './world.ts';

/** A profile's key, the certificate that shows it, and the identity that both stand for. */
export interface PeerIdentity {
  readonly identity: Identity;
  /** PKCS #8. Secret. */
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

const SERIAL_BYTES = 16;

/** Makes a new key and a self-signed certificate for it. Nothing in it is about a person. */
export function makeIdentity(deps: Pick<World, 'randomBytes'>): PeerIdentity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = selfSigned(privateKey, serialNumber(deps));
  const identity = spkiIdentity(certificate);
  if (identity === null) throw new Error('The certificate that was just made is not readable.');
  return {
    identity,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: certificatePem(certificate),
  };
}

/** A positive random integer, at most 20 octets as DER (RFC 5280, section 4.1.2.2). */
function serialNumber(deps: Pick<World, 'randomBytes'>): Uint8Array {
  const bytes = Buffer.from(deps.randomBytes(SERIAL_BYTES));
  // The top bits 01: never negative, never shortened by leading zeros.
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes;
}

/** RFC 7468: base64 in lines of 64 characters. */
function certificatePem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
