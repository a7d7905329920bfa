import { type ReasonParams, type ReasonValues, reasonParams } from './reason.ts';

/** Why a text is no address: the English sentences, by their codes. `text` is a piece of it. */
export const ADDRESS_REASONS = {
  'address-long':
    'A text of {length, number} characters cannot be an address; the limit is {limit, number}.',
  'address-empty': 'An address is needed.',
  'address-space': 'Addresses can’t contain spaces, as in “{text}”.',
  'address-line-break': 'There is a line break inside “{text}”.',
  'address-unusable': 'There is an unusable character, {character}.',
  'address-slashes': 'Two slashes are missing after “{text}”.',
  'address-colon': 'A colon is missing after “{text}”.',
  'address-scheme': 'Parley cannot call “{text}”; begin with parley://, http:// or the host.',
  'address-email': 'The @ makes this an e-mail address; the address of a computer is needed.',
  'address-password': 'An address has no user name or password: leave out everything up to the @.',
  'address-path': 'An address ends after the port: leave out “{text}”.',
  'address-colons': 'There is more than one colon in “{text}”.',
  'host-before': 'The host before “{text}” is missing.',
  'host-after': 'The host after “{text}” is missing.',
  'host-character': 'A host name cannot contain “{character}”, as in “{text}”.',
  'host-impossible': '“{text}” cannot be a host name.',
  'host-long':
    'The host name “{text}” has {length, number} characters; the limit is {limit, number}.',
  'host-dots': 'The host name “{text}” has nothing between two dots.',
  'host-part-long':
    'The part “{text}” of the host name has {length, number} characters; the limit is {limit, number}.',
  'host-part-hyphen': 'The part “{text}” of the host name begins or ends with a hyphen.',
  'host-every': '“{text}” means every address of a computer; use the one your friend’s app shows.',
  'host-many': '“{text}” stands for many computers at once; use the address of one.',
  'port-absent': 'There is no port after the colon in “{text}”.',
  'port-words': '“{text}” is not a port: a whole number from 1 to 65535 is needed.',
  'port-range': 'The port “{text}” is outside the range from 1 to 65535.',
  'bracket-unclosed': 'The bracket at the start of “{text}” is not closed.',
  'bracket-unopened': 'The bracket in “{text}” is not opened.',
  'bracket-after': 'After the closing bracket a colon and a port may follow, not “{text}”.',
  'bracket-name': 'Brackets are for IPv6 addresses only: write “{text}” without them.',
  'ipv6-port': 'An IPv6 address with a port needs brackets: write “{text}”.',
  'ipv6-two-ways': '“{text}” can be read in two ways: write “{withPort}” or “{without}”.',
  'ipv6-invalid': '“{text}” is not a valid IPv6 address.',
  'ipv6-zone': 'After the % in “{text}” the name of a network interface is needed, such as eth0.',
  'ipv4-zone': '“{text}” is an IPv4 address, so it cannot have the zone “{zone}”.',
  'ipv4-number': '“{text}” is only a number; an address begins with a host.',
  'ipv4-form':
    '“{text}” is not a valid IPv4 address: four numbers with dots between them are needed.',
  'ipv4-above': '“{text}” is not a valid IPv4 address: {part} is above 255.',
  'ipv4-far-above': '“{text}” is not a valid IPv4 address: a number is above 255.',
  'ipv4-zero': '“{text}” is not a valid IPv4 address: {part} begins with a zero.',
  'ipv4-nowhere': '“{text}” cannot be the address of a computer.',
  'fingerprint-plain':
    'A fingerprint needs an encrypted connection: write parley:// instead of {scheme}://.',
  'fingerprint-damaged':
    'The fingerprint “{text}” is damaged: {digits} digits 0-9 and a-f are needed, not {length, number} characters.',
} as const;

export type AddressReason = keyof typeof ADDRESS_REASONS;

/** Why a text is no address. */
export interface Refusal {
  readonly ok: false;
  /** What is wrong with the text, an English sentence for people. */
  readonly reason: string;
  /** The same as parameters of a `bad-address` problem, with its code for translations. */
  readonly params: ReasonParams<AddressReason>;
}

/** A refusal, for the parsers of addresses. */
export function refuse<Code extends AddressReason>(
  code: Code,
  ...[values]: ReasonValues<(typeof ADDRESS_REASONS)[Code]>
): Refusal {
  const params = reasonParams(code, ADDRESS_REASONS[code], values);
  return { ok: false, reason: params.reason, params };
}
