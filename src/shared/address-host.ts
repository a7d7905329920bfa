import { formatIpv6, mappedIpv4, parseIpv4, parseIpv6 } from './address-ip.ts';
import { characterName, quoted } from './address-text.ts';

export type HostParse =
  | { readonly ok: true; readonly host: string }
  /** What is wrong with it, a sentence for people. */
  | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): HostParse => ({ ok: false, reason });

const WILDCARD = 'means every address of a computer; use the one your friend’s app shows.';
const GROUP_OF_COMPUTERS = 'stands for many computers at once; use the address of one.';
const MAX_NAME = 253;
const MAX_LABEL = 63;
// Letters, digits, hyphens (RFC 1123), and the underscore, which resolvers pass on and which the
// names of Windows machines and of containers do contain.
const NOT_IN_NAME = /[^a-z0-9_.-]/i;
// As in the URL standard: such a name can only be meant as an IPv4 address.
const ENDS_IN_NUMBER = /(^|\.)(\d+|0x[0-9a-f]*)$/i;

/** Reads a host that stood without brackets and holds no colon: a name or an IPv4 address. */
export function parseNameOrIpv4(text: string): HostParse {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const foreign = Array.from(name).find((it) => it <= '\x7f' && NOT_IN_NAME.test(it));
  if (foreign !== undefined) {
    return refuse(`A host name cannot contain ${characterName(foreign)}, as in ${quoted(text)}.`);
  }
  const ascii = toAscii(name);
  if (ascii === null) return refuse(`${quoted(text)} cannot be a host name.`);
  return ENDS_IN_NUMBER.test(ascii) ? parseNumbers(name) : parseName(ascii);
}

/**
 * Reads an IPv6 address without brackets, with an optional zone. In a URI the zone follows `%25`
 * (RFC 6874); elsewhere it follows `%` (RFC 4007), but `%25eth0` is pasted there too. Digits alone
 * are taken at their word outside a URI: on Windows, zones are numbers and may begin with 25.
 */
export function parseIpv6Host(text: string, inUri: boolean): HostParse {
  const percent = text.indexOf('%');
  const groups = parseIpv6(percent < 0 ? text : text.slice(0, percent));
  if (groups === null) return refuse(`${quoted(text)} is not a valid IPv6 address.`);

  const rawZone = percent < 0 ? null : text.slice(percent + 1);
  const escaped = rawZone !== null && /^25./.test(rawZone) && (inUri || /\D/.test(rawZone));
  const zone = escaped ? rawZone.slice(2) : rawZone;
  if (zone !== null && !/^[a-z0-9._~-]{1,64}$/i.test(zone)) {
    return refuse(
      `After the % in ${quoted(text)} the name of a network interface is needed, such as eth0.`,
    );
  }

  const ipv4 = mappedIpv4(groups);
  if (ipv4) {
    return zone === null
      ? checkIpv4(ipv4)
      : refuse(`${quoted(text)} is an IPv4 address, so it cannot have the zone ${quoted(zone)}.`);
  }
  const host = formatIpv6(groups);
  if (host === '::') return refuse(`${quoted(text)} ${WILDCARD}`);
  if ((groups[0] ?? 0) >> 8 === 0xff) return refuse(`${quoted(text)} ${GROUP_OF_COMPUTERS}`);
  return { ok: true, host: zone === null ? host : `${host}%${zone}` };
}

/**
 * The ASCII form of a name, or null when it has none. `URL` is used only for this conversion
 * (IDNA, UTS 46): every host of ours brings it, tables of our own would be large, and the name then
 * resolves as it does in a browser. It never decides what is an IP address.
 */
function toAscii(name: string): string | null {
  if (!/[^\0-\x7f]/.test(name)) return name.toLowerCase();
  try {
    const ascii = new URL(`http://${name}/`).hostname;
    return NOT_IN_NAME.test(ascii) ? null : ascii;
  } catch {
    return null;
  }
}

function parseNumbers(text: string): HostParse {
  const ipv4 = parseIpv4(text);
  if (ipv4) return checkIpv4(ipv4);
  if (/^\d{1,5}$/.test(text)) {
    return refuse(`${quoted(text)} is only a number; an address begins with a host.`);
  }
  const parts = text.split('.');
  const wide = parts.find((part) => /^\d+$/.test(part) && Number(part) > 255);
  const padded = parts.find((part) => /^0\d/.test(part));
  const detail =
    parts.find((part) => !/^\d+$/.test(part)) !== undefined || parts.length !== 4
      ? 'four numbers with dots between them are needed'
      : wide !== undefined
        ? `${wide.length > 9 ? 'a number' : wide} is above 255`
        : `${padded ?? 'a number'} begins with a zero`;
  return refuse(`${quoted(text)} is not a valid IPv4 address: ${detail}.`);
}

function checkIpv4(octets: readonly number[]): HostParse {
  const host = octets.join('.');
  const [first = 0] = octets;
  if (host === '0.0.0.0') return refuse(`${quoted(host)} ${WILDCARD}`);
  if (first === 0) return refuse(`${quoted(host)} cannot be the address of a computer.`);
  const many = (first >= 224 && first <= 239) || host === '255.255.255.255';
  return many ? refuse(`${quoted(host)} ${GROUP_OF_COMPUTERS}`) : { ok: true, host };
}

function parseName(name: string): HostParse {
  if (name.length > MAX_NAME) {
    return refuse(
      `The host name ${quoted(name)} has ${name.length} characters; the limit is ${MAX_NAME}.`,
    );
  }
  for (const label of name.split('.')) {
    if (label === '') return refuse(`The host name ${quoted(name)} has nothing between two dots.`);
    if (label.length > MAX_LABEL) {
      return refuse(
        `The part ${quoted(label)} of the host name has ${label.length} characters; the limit is ${MAX_LABEL}.`,
      );
    }
    if (label.startsWith('-') || label.endsWith('-')) {
      return refuse(`The part ${quoted(label)} of the host name begins or ends with a hyphen.`);
    }
  }
  return { ok: true, host: name };
}
