import { type Refusal, refuse } from '../problems/address-reasons.ts';
import { DEFAULT_PORT, parseAuthority, parseHost } from './address-authority.ts';
import { characterNumber, MAX_ADDRESS_TEXT, shown, tidyAddressText } from './address-text.ts';
import { IDENTITY_DIGITS, type Identity, isIdentity } from './identity-text.ts';

/** An address to dial: a location, not an identity. */
export interface PeerAddress {
  /**
   * - `auto`: encrypted if the peer can, else the open contract
   * - `plain`: only the open contract (the text began with `http://` or `ws://`)
   * - `secure`: only encrypted (the text began with `https://`, `wss://` or `parley://`)
   */
  readonly scheme: 'auto' | 'plain' | 'secure';
  /**
   * A host name in lower case (ASCII), or an IP address without brackets in its canonical text
   * (RFC 5952); IPv6 may have a zone, as in `fe80::1%eth0`.
   */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

export type AddressParse =
  | {
      readonly ok: true;
      readonly address: PeerAddress;
      /** The identity pinned by an invite (`parley://host:port/#fingerprint`), else null. */
      readonly identity: Identity | null;
    }
  | Refusal;

interface SchemeMeaning {
  readonly scheme: PeerAddress['scheme'];
  /** The port when the text has none: a URL means the same as to every other program. */
  readonly port: number;
}

const schemes: ReadonlyMap<string, SchemeMeaning> = new Map([
  ['http', { scheme: 'plain', port: 80 }],
  ['ws', { scheme: 'plain', port: 80 }],
  ['https', { scheme: 'secure', port: 443 }],
  ['wss', { scheme: 'secure', port: 443 }],
  ['parley', { scheme: 'secure', port: DEFAULT_PORT }],
]);
const BARE: SchemeMeaning = { scheme: 'auto', port: DEFAULT_PORT };
const KNOWN = [...schemes.keys()].join('|');
const LACKS_SLASHES = new RegExp(`^(${KNOWN}):(?!//)(?!\\d+([/?#]|$))`, 'i');
const LACKS_COLON = new RegExp(`^(${KNOWN})//`, 'i');
/**
 * The paths of a peer's endpoints: fixed by the open contract, so that including them changes
 * nothing.
 */
const PEER_PATH = /^\/?(rpc\/(batch|ws)\/?)?$/;

/**
 * Parses an address as people paste it. Never throws.
 *
 * No part of the text is ignored silently: a user that pastes the address of a web page meant that
 * page and not its server. A fingerprint after `#` makes the address `secure`.
 */
export function parseAddress(text: string): AddressParse {
  if (text.length > MAX_ADDRESS_TEXT) {
    return refuse('address-long', { length: text.length, limit: MAX_ADDRESS_TEXT });
  }
  const tidy = tidyAddressText(text);
  const textual = textProblem(tidy);
  if (textual !== null) return textual;

  const [, schemeText, afterScheme] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(tidy) ?? [];
  const meaning = schemeText === undefined ? BARE : schemes.get(schemeText.toLowerCase());
  if (meaning === undefined) {
    return refuse('address-scheme', { text: shown(`${schemeText}://`) });
  }
  const rest = afterScheme ?? tidy.replace(/^\/\//, '');
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const hash = rest.indexOf('#');
  const fragment = hash < 0 ? '' : rest.slice(hash + 1);

  const endpoint = parseAuthority(authority, meaning.port, schemeText);
  if (!endpoint.ok) return endpoint;
  const { host, port } = endpoint;
  const invite = parseFragment(fragment, schemeText);
  if (!invite.ok) return invite;
  const path = hash < 0 ? rest.slice(authority.length) : rest.slice(authority.length, hash);
  if (!PEER_PATH.test(path)) return refuse('address-path', { text: shown(path) });
  if (fragment !== '' && invite.identity === null) {
    return refuse('address-path', { text: shown(`#${fragment}`) });
  }
  const scheme = invite.identity === null ? meaning.scheme : 'secure';
  return { ok: true, address: { scheme, host, port }, identity: invite.identity };
}

/**
 * The text that parses back to the same address: always with the port, IPv6 in brackets, and the
 * scheme unless it is `auto` (`host:port`, `http://host:port`, `parley://host:port`).
 */
export function formatAddress(address: PeerAddress): string {
  const { scheme, host, port } = address;
  if (scheme === 'auto') return `${bracketed(host, /%25.*\D/.test(host))}:${port}`;
  return `${scheme === 'plain' ? 'http' : 'parley'}://${bracketed(host, true)}:${port}`;
}

/** Host and port only, `host:port`: a contact's name while its own is unknown. */
export function placeName(address: PeerAddress): string {
  return formatAddress({ ...address, scheme: 'auto' });
}

/**
 * Whether `text` has the form of an address, and is not a single word, which may also be a name.
 */
export function looksLikeAddress(text: string): boolean {
  return /[.:/]/.test(text) && parseAddress(text).ok;
}

/**
 * Whether both lead to the same port of the same host. The schemes may differ: they choose the
 * protocol, not the peer. Names are compared as text, not resolved.
 */
export function sameAddress(a: PeerAddress, b: PeerAddress): boolean {
  return a.host === b.host && a.port === b.port;
}

/**
 * Whether `host` (as in `PeerAddress`, or a socket's remote address) is always this computer:
 * 127.0.0.0/8, `::1`, `localhost` and the names below it (RFC 6761, 6.3).
 */
export function isLoopbackHost(host: string): boolean {
  const parsed = parseHost(host, false);
  if (!parsed.ok) return false;
  const { host: canonical } = parsed;
  if (/^127\.\d+\.\d+\.\d+$/.test(canonical)) return true;
  return canonical.replace(/%.*/, '') === '::1' || /(^|\.)localhost$/.test(canonical);
}

function bracketed(host: string, escapeZone: boolean): string {
  if (!host.includes(':')) return host;
  return `[${escapeZone ? host.replace('%', '%25') : host}]`;
}

function textProblem(tidy: string): Refusal | null {
  if (tidy === '') return refuse('address-empty');
  if (/\s/.test(tidy)) {
    const what = /[\n\r\u2028\u2029]/.test(tidy) ? 'address-line-break' : 'address-space';
    // The text before an @ may be a password, so it is not repeated.
    return refuse(what, { text: shown(tidy.replace(/^.*@/s, '…@')) });
  }
  const unseen = Array.from(tidy).find((it) => /[\p{Cc}\p{Cs}]/u.test(it));
  if (unseen !== undefined) {
    return refuse('address-unusable', { character: characterNumber(unseen) });
  }
  const slashes = LACKS_SLASHES.exec(tidy)?.[0];
  if (slashes !== undefined) return refuse('address-slashes', { text: shown(slashes) });
  const colon = LACKS_COLON.exec(tidy)?.[1];
  if (colon !== undefined) return refuse('address-colon', { text: shown(colon) });
  return null;
}

type Invite = { readonly ok: true; readonly identity: Identity | null } | Refusal;

/**
 * Parses the fragment after the `#`. A damaged fingerprint is refused: ignoring it would turn an
 * invite into a first contact with any identity. Other fragments belong to web pages.
 */
function parseFragment(fragment: string, scheme: string | undefined): Invite {
  const meaning = schemes.get(scheme?.toLowerCase() ?? '');
  const meant = scheme?.toLowerCase() === 'parley' || /^[0-9a-f]{16,}$/i.test(fragment);
  if (fragment === '' || !meant) return { ok: true, identity: null };
  if (meaning?.scheme === 'plain') {
    return refuse('fingerprint-plain', { scheme: scheme ?? '' });
  }
  return isIdentity(fragment.toLowerCase())
    ? { ok: true, identity: fragment.toLowerCase() }
    : refuse('fingerprint-damaged', {
        text: shown(fragment),
        digits: IDENTITY_DIGITS,
        length: fragment.length,
      });
}
