import { createHash, X509Certificate } from 'node:crypto';
import type { Identity } from '../../shared/model/model.ts';

/**
 * Everything that precedes the two coordinates in the SPKI of an uncompressed P-256 key: the two
 * sequences, id-ecPublicKey, prime256v1, and the head of the bit string (RFC 5480, section 2).
 */
const P256_SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
const P256_SPKI_LENGTH = P256_SPKI_HEAD.length + 64;

/**
 * The identity that a certificate (DER) proves: SHA-256 of its public key (SPKI, DER) as 64
 * lower-case hexadecimal digits. Null when it is no certificate, or when its key is not an
 * uncompressed P-256 one: a key that could be written in two ways would have two identities.
 */
export function spkiIdentity(certificateDer: Uint8Array): Identity | null {
  const spki = readSpki(certificateDer);
  if (spki === null || spki.length !== P256_SPKI_LENGTH) return null;
  if (!spki.subarray(0, P256_SPKI_HEAD.length).equals(P256_SPKI_HEAD)) return null;
  return createHash('sha256').update(spki).digest('hex');
}

function readSpki(certificateDer: Uint8Array): Buffer | null {
  try {
    return new X509Certificate(certificateDer).publicKey.export({ type: 'spki', format: 'der' });
  } catch {
    return null;
  }
}
