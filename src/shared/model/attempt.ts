import type { Contact } from './model.ts';

/**
 * Whether a contact is no more than an address that somebody typed: never reached, and promised by
 * no invite. Nothing written to it is asked for here.
 */
export function isAttempt({ kind, identity, policy }: Contact): boolean {
  return kind === 'unknown' && identity === null && policy === 'accepted';
}
