import type { Contact } from './model.ts';

/**
 * Whether a contact is only a typed address: never reached, and not pinned by an invite. Whether
 * there are messages to it is not checked here.
 */
export function isAttempt({ kind, identity, policy }: Contact): boolean {
  return kind === 'unknown' && identity === null && policy === 'accepted';
}
