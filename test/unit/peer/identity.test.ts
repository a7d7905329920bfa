import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { spkiIdentity } from '../../../src/peer/identity.ts';
import { makeIdentity } from '../../../src/peer/identity-maker.ts';
import { systemWorld } from '../../../src/peer/system-world.ts';

describe('a new identity', () => {
  test('is the SHA-256 of the public key, which the private key belongs to', async () => {
    const made = await makeIdentity(systemWorld);
    const certificate = new X509Certificate(made.certificatePem);
    const key = createPrivateKey(made.privateKeyPem);
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    expect(made.identity).toBe(createHash('sha256').update(spki).digest('hex'));
    expect(spkiIdentity(certificate.raw)).toBe(made.identity);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });
});
