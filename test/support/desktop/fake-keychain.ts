import type { SecretBox } from '../../../src/core/identity/identity-file.ts';

/** A secret box whose "encryption" shows whose it is: each keychain opens only what it sealed. */
export function fakeKeychain(name: string, { stale = false, trusted = true } = {}): SecretBox {
  const label = Buffer.from(`${name}:`);
  const flip = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    trusted,
    seal: async (bytes) => Buffer.concat([label, flip(bytes)]),
    open: async (sealed) => {
      const own = Buffer.from(sealed.subarray(0, label.length)).equals(label);
      if (!own) throw new Error('Error while decrypting the ciphertext.');
      return { bytes: flip(sealed.subarray(label.length)), stale };
    },
  };
}
