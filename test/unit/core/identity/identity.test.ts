import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import { makeIdentity } from '../../../../src/core/identity/generate-identity.ts';
import { spkiIdentity } from '../../../../src/core/identity/identity.ts';

const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });

describe('a new identity', () => {
  test('is the SHA-256 of the public key of its key pair', async () => {
    const made = await makeIdentity(systemWorld);
    const certificate = new X509Certificate(made.certificatePem);
    const key = createPrivateKey(made.privateKeyPem);
    const hash = createHash('sha256')
      .update(spkiOf(createPublicKey(key)))
      .digest('hex');
    expect(made.identity).toBe(hash);
    expect(made.identity).toMatch(/^[0-9a-f]{64}$/);
    expect(spkiIdentity(certificate.raw)).toBe(made.identity);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test('differs every time, in key and serial number', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => makeIdentity(systemWorld)));
    const serials = made.map((one) => new X509Certificate(one.certificatePem).serialNumber);
    expect(new Set(made.map((one) => one.identity)).size).toBe(8);
    expect(new Set(serials).size).toBe(8);
  });

  test('has a positive serial number of full length, whatever the random bytes', async () => {
    for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
      const made = await makeIdentity({ randomBytes: (count) => new Uint8Array(count).fill(byte) });
      const { serialNumber } = new X509Certificate(made.certificatePem);
      expect(serialNumber).toHaveLength(32);
      expect(Number.parseInt(serialNumber.slice(0, 2), 16) >> 6).toBe(0b01);
    }
  });

  test('reveals nothing about its owner', async () => {
    const certificate = new X509Certificate((await makeIdentity(systemWorld)).certificatePem);
    expect(certificate.subject).toBe('CN=Parley peer');
    expect(certificate.issuer).toBe('CN=Parley peer');
    expect(certificate.subjectAltName).toBeUndefined();
    expect(certificate.validFromDate.toISOString()).toBe('2000-01-01T00:00:00.000Z');
  });

  test('does not expire, and encodes that date as GeneralizedTime, as required from 2050', async () => {
    const certificate = new X509Certificate((await makeIdentity(systemWorld)).certificatePem);
    expect(certificate.validToDate.toISOString()).toBe('9999-12-31T23:59:59.000Z');
    const utcTime = Buffer.concat([Buffer.from([0x17, 13]), Buffer.from('000101000000Z')]);
    const generalizedTime = Buffer.concat([
      Buffer.from([0x18, 15]),
      Buffer.from('99991231235959Z'),
    ]);
    expect(certificate.raw.includes(Buffer.concat([utcTime, generalizedTime]))).toBe(true);
  });

  test('may sign at both ends of a TLS handshake, as BoringSSL requires', async () => {
    const certificate = new X509Certificate((await makeIdentity(systemWorld)).certificatePem);
    // id-ce-keyUsage, critical, with the bit digitalSignature and no other.
    expect(certificate.raw.includes(Buffer.from('0603551d0f0101ff040403020780', 'hex'))).toBe(true);
    expect([...(certificate.keyUsage ?? [])].sort()).toEqual([
      '1.3.6.1.5.5.7.3.1',
      '1.3.6.1.5.5.7.3.2',
    ]);
  });

  test('uses only P-256 and SHA-256, which every TLS library supports', async () => {
    const certificate = new X509Certificate((await makeIdentity(systemWorld)).certificatePem);
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(certificate.signatureAlgorithm).toBe('ecdsa-with-SHA256');
  });
});

describe('a certificate that proves no identity', () => {
  test.each([
    ['P-384', { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' }],
    ['RSA', rsa()],
    ['Ed25519', { name: 'Ed25519' }],
  ])('has another kind of key: %s', async (_name, algorithm) => {
    const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
      'sign',
      'verify',
    ])) as webcrypto.CryptoKeyPair;
    const certificate = await X509CertificateGenerator.createSelfSigned(
      { name: 'CN=Other', signingAlgorithm: algorithm, keys },
      webcrypto,
    );
    expect(spkiIdentity(new Uint8Array(certificate.rawData))).toBeNull();
  });

  test('is not a certificate at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => spkiIdentity(bytes) === null),
    );
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(spkiIdentity(spkiOf(publicKey))).toBeNull();
  });
});

function rsa() {
  return {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
}
