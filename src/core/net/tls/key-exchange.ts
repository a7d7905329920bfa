import { createSecureContext } from 'node:tls';

/**
 * The same groups in each library's syntax. OpenSSL 3.5 sends a key share for the first group only
 * unless others are marked; BoringSSL sends one beside a post-quantum group by itself and may not
 * know the mark; OpenSSL 3.0 (Node 20) has no ML-KEM. All three know these names.
 */
const SPELLINGS = ['*X25519MLKEM768:*X25519:P-256', 'X25519MLKEM768:X25519:P-256', 'X25519:P-256'];

/**
 * The groups for key exchange, best first. Every TLS 1.3 library has P-256 (RFC 8446, section 9.1)
 * and nearly all have X25519. By default OpenSSL accepts others too, which cost up to a hundred
 * times as much per exchange, at the client's choice.
 */
export const KEY_EXCHANGE = SPELLINGS.find(isKnown) ?? 'X25519:P-256';

function isKnown(groups: string): boolean {
  try {
    createSecureContext({ ecdhCurve: groups, ca: [] });
    return true;
  } catch {
    return false;
  }
}
