/** SHA-256 of a peer's public key (SPKI), 64 lower-case hexadecimal digits. */
export type Identity = string;

/** Hexadecimal digits of an identity (SHA-256). */
export const IDENTITY_DIGITS = 64;
const IDENTITY = new RegExp(`^[0-9a-f]{${IDENTITY_DIGITS}}$`);

// Crockford's base 32: no I, L, O and U, so nothing is misread when read out loud.
const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_CHARACTER = 5n;
const CODE_CHARACTERS = 28;
const CODE_GROUP = 4;

const SAFETY_DIGITS = 60;
const SAFETY_GROUP = 5;
const SAFETY_ROUNDS = 100_000;
const SAFETY_SALT = new TextEncoder().encode('parley safety number 1');

/** Whether `text` is an identity as we write them: 64 lower-case hexadecimal digits. */
export function isIdentity(text: string): text is Identity {
  return IDENTITY.test(text);
}

/**
 * An identity in readable form: its first 140 bits as seven groups of four characters.
 *
 * Finding a key with a given code takes about 2^140 keys. That is above the 128 bits which NIST SP
 * 800-57 part 1 asks for beyond 2030, and which the P-256 key has itself, so the code is not the
 * weakest part. It does so only when all of it is compared; programs compare identities.
 */
export function identityCode(identity: Identity): string {
  assertIdentity(identity);
  const shift = BigInt(IDENTITY_DIGITS * 4) - BITS_PER_CHARACTER * BigInt(CODE_CHARACTERS);
  let rest = BigInt(`0x${identity}`) >> shift;
  let code = '';
  for (let count = 0; count < CODE_CHARACTERS; count += 1) {
    code = BASE_32.charAt(Number(rest & 31n)) + code;
    rest >>= BITS_PER_CHARACTER;
  }
  return inGroups(code, CODE_GROUP);
}

/**
 * The safety number that two people compare to rule out a man in the middle: twelve groups of five
 * digits, the same on both sides whichever comes first.
 *
 * Sixty digits are 199 bits. A man in the middle may choose the key shown to each side, so has to
 * find two inputs that agree, which takes about 2^100 tries. Each try costs 100,000 rounds of
 * PBKDF2 (SHA-256, about 2^17), which lifts the work to about 2^117, above the 112 bits that NIST
 * SP 800-57 part 1 asks for. Here it is some tens of milliseconds, once per contact.
 */
export async function safetyNumber(a: Identity, b: Identity): Promise<string> {
  assertIdentity(a);
  assertIdentity(b);
  const pair = fromHex(a < b ? a + b : b + a);
  const key = await crypto.subtle.importKey('raw', pair, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: SAFETY_SALT, iterations: SAFETY_ROUNDS },
    key,
    256,
  );
  // 2^256 is so far above 10^60 that the remainder is even to within one part in 10^17.
  const number = new Uint8Array(bits).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const digits = (number % 10n ** BigInt(SAFETY_DIGITS)).toString().padStart(SAFETY_DIGITS, '0');
  return inGroups(digits, SAFETY_GROUP);
}

function inGroups(text: string, size: number): string {
  return (text.match(new RegExp(`.{${size}}`, 'g')) ?? []).join(' ');
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}

/** A programming error, not a user's: identities come from certificates or validated invites. */
function assertIdentity(identity: Identity): void {
  if (!isIdentity(identity)) throw new TypeError('Not an identity: 64 hexadecimal digits.');
}
