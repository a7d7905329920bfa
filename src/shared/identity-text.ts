import type { Identity } from './model.ts';

/** Hexadecimal digits of an identity (SHA-256). */
export const IDENTITY_DIGITS = 64;
const IDENTITY = new RegExp(`^[0-9a-f]{${IDENTITY_DIGITS}}$`);

/** Whether `text` is an identity as we write them. */
export function isIdentity(text: string): text is Identity {
  return IDENTITY.test(text);
}
