// The certificate library finds its parts through decorators, which need this first.
import 'reflect-metadata';
import { KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Identity } from '../../shared/model/model.ts';
import type { World } from '../base/world.ts';
import { spkiIdentity } from './identity.ts';

/** A profile's key, its certificate, and the identity that both represent. */
export interface PeerIdentity {
  readonly identity: Identity;
  /** PKCS #8. Secret. */
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * Peers compare keys, never dates, so the certificate must not expire: the end is the date that
 * means "no expiry" (RFC 5280, section 4.1.2.5; a GeneralizedTime, as every date from 2050 on), and
 * the start is early enough for a wrong clock and reveals nothing about its owner.
 */
const NOT_BEFORE = new Date('2000-01-01T00:00:00Z');
const NOT_AFTER = new Date('9999-12-31T23:59:59Z');

const SERIAL_BYTES = 16;

/** Generates a key and a self-signed certificate for it. Nothing in it identifies a person. */
export async function makeIdentity(deps: Pick<World, 'randomBytes'>): Promise<PeerIdentity> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Parley peer',
      serialNumber: serialNumber(deps),
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        // BoringSSL refuses a TLS certificate whose key usage lacks digitalSignature.
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
      ],
    },
    webcrypto,
  );
  const identity = spkiIdentity(new Uint8Array(certificate.rawData));
  if (identity === null) throw new Error('The certificate that was just made is not readable.');
  const privateKey = KeyObject.from(keys.privateKey);
  return {
    identity,
    privateKeyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    certificatePem: new X509Certificate(new Uint8Array(certificate.rawData)).toString(),
  };
}

/** A positive random integer in hexadecimal, at most 20 octets as DER (RFC 5280, 4.1.2.2). */
function serialNumber(deps: Pick<World, 'randomBytes'>): string {
  const bytes = Buffer.from(deps.randomBytes(SERIAL_BYTES));
  // The top bits 01: never negative, never shortened by leading zeros.
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex');
}
