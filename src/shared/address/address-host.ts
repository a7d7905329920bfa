import { type Refusal, refuse } from '../problems/address-reasons.ts';
import { formatIpv6, mappedIpv4, parseIpv4, parseIpv6 } from './address-ip.ts';
import { characterNumber, isSeen, shown } from './address-text.ts';

export type HostParse = { readonly ok: true; readonly host: string } | Refusal;

const MAX_NAME = 253;
const MAX_LABEL = 63;
// Letters, digits, hyphens (RFC 1123), and the underscore, which resolvers pass on and which the
// names of Windows machines and of containers do contain.
const NOT_IN_NAME = /[^a-z0-9_.-]/i;
// As in the URL standard: such a name can only be meant as an IPv4 address.
const ENDS_IN_NUMBER = /(^|\.)(\d+|0x[0-9a-f]*)$/i;

/** Parses a host without brackets and colons: a name or an IPv4 address. */
export function parseNameOrIpv4(text: string): HostParse {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const foreign = Array.from(name).find((it) => it <= '\x7f' && NOT_IN_NAME.test(it));
  if (foreign !== undefined) {
    return isSeen(foreign)
      ? refuse('host-character', { character: foreign, text: shown(text) })
      : refuse('address-unusable', { character: characterNumber(foreign) });
  }
  const ascii = toAscii(name);
  if (ascii === null) return refuse('host-impossible', { text: shown(text) });
  return ENDS_IN_NUMBER.test(ascii) ? parseNumbers(name) : parseName(ascii);
}

/**
 * Parses an IPv6 address without brackets, with an optional zone. In a URI the zone follows `%25`
 * (RFC 6874); elsewhere it follows `%` (RFC 4007), but `%25eth0` is pasted there too. Digits alone
 * are read literally outside a URI: on Windows, zones are numbers and may begin with 25.
 */
export function parseIpv6Host(text: string, inUri: boolean): HostParse {
  const percent = text.indexOf('%');
  const groups = parseIpv6(percent < 0 ? text : text.slice(0, percent));
  if (groups === null) return refuse('ipv6-invalid', { text: shown(text) });

  const rawZone = percent < 0 ? null : text.slice(percent + 1);
  const escaped = rawZone !== null && /^25./.test(rawZone) && (inUri || /\D/.test(rawZone));
  const zone = escaped ? rawZone.slice(2) : rawZone;
  if (zone !== null && !/^[a-z0-9._~-]{1,64}$/i.test(zone)) {
    return refuse('ipv6-zone', { text: shown(text) });
  }

  const ipv4 = mappedIpv4(groups);
  if (ipv4) {
    return zone === null
      ? checkIpv4(ipv4)
      : refuse('ipv4-zone', { text: shown(text), zone: shown(zone) });
  }
  const host = formatIpv6(groups);
  if (host === '::') return refuse('host-every', { text: shown(text) });
  if ((groups[0] ?? 0) >> 8 === 0xff) return refuse('host-many', { text: shown(text) });
  return { ok: true, host: zone === null ? host : `${host}%${zone}` };
}

/**
 * The ASCII form of a name, or null when it has none. `URL` is used only for this conversion (IDNA,
 * UTS 46): every host of ours has it, tables of our own would be large, and the name then resolves
 * as it does in a browser. It never decides what is an IP address.
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
    return refuse('ipv4-number', { text: shown(text) });
  }
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d+$/.test(part))) {
    return refuse('ipv4-form', { text: shown(text) });
  }
  const wide = parts.find((part) => Number(part) > 255);
  if (wide !== undefined) {
    return wide.length > 9
      ? refuse('ipv4-far-above', { text: shown(text) })
      : refuse('ipv4-above', { text: shown(text), part: wide });
  }
  const padded = parts.find((part) => /^0\d/.test(part)) ?? '0';
  return refuse('ipv4-zero', { text: shown(text), part: shown(padded) });
}

function checkIpv4(octets: readonly number[]): HostParse {
  const host = octets.join('.');
  const [first = 0] = octets;
  if (host === '0.0.0.0') return refuse('host-every', { text: shown(host) });
  if (first === 0) return refuse('ipv4-nowhere', { text: shown(host) });
  const many = (first >= 224 && first <= 239) || host === '255.255.255.255';
  return many ? refuse('host-many', { text: shown(host) }) : { ok: true, host };
}

function parseName(name: string): HostParse {
  if (name.length > MAX_NAME) {
    return refuse('host-long', { text: shown(name), length: name.length, limit: MAX_NAME });
  }
  for (const label of name.split('.')) {
    if (label === '') return refuse('host-dots', { text: shown(name) });
    if (label.length > MAX_LABEL) {
      return refuse('host-part-long', {
        text: shown(label),
        length: label.length,
        limit: MAX_LABEL,
      });
    }
    if (label.startsWith('-') || label.endsWith('-')) {
      return refuse('host-part-hyphen', { text: shown(label) });
    }
  }
  return { ok: true, host: name };
}
