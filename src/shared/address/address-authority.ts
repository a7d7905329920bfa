import { type Refusal, refuse } from '../problems/address-reasons.ts';
import { type HostParse, parseIpv6Host, parseNameOrIpv4 } from './address-host.ts';
import { parseIpv6 } from './address-ip.ts';
import { shown } from './address-text.ts';

/** The port that a copy listens on unless told otherwise. */
export const DEFAULT_PORT = 8080;

type Endpoint = { readonly ok: true; readonly host: string; readonly port: number } | Refusal;

/**
 * Parses the `host:port` of an address. `scheme` is the text before `://`, if any, and
 * `defaultPort` the port when the text has none.
 */
export function parseAuthority(
  text: string,
  defaultPort: number,
  scheme: string | undefined,
): Endpoint {
  if (text.includes('@')) {
    // The text before an @ may be a password, so it is not repeated.
    const email = scheme === undefined && /^(mailto:)?[^@:]+@[^@:]+$/i.test(text);
    return refuse(email ? 'address-email' : 'address-password');
  }
  const split = splitPort(text);
  if (!split.ok) return split;
  if (split.host === '') {
    return scheme === undefined
      ? refuse('host-before', { text: shown(text) })
      : refuse('host-after', { text: shown(`${scheme}://`) });
  }
  const host = split.bracketed
    ? parseBracketed(split.host, scheme !== undefined)
    : parseHost(split.host, scheme !== undefined);
  if (!host.ok) return host;
  if (split.port === null) return { ok: true, host: host.host, port: defaultPort };
  if (split.port === '') return refuse('port-absent', { text: shown(text) });
  if (!/^\d+$/.test(split.port)) {
    return refuse('port-words', { text: shown(split.port) });
  }
  const port = Number(split.port);
  return port >= 1 && port <= 65535
    ? { ok: true, host: host.host, port }
    : refuse('port-range', { text: shown(split.port) });
}

/** Parses a host without brackets. `inUri` decides how a zone is written. */
export function parseHost(text: string, inUri: boolean): HostParse {
  return text.includes(':') ? parseIpv6Host(text, inUri) : parseNameOrIpv4(text);
}

function parseBracketed(text: string, inUri: boolean): HostParse {
  return text.includes(':')
    ? parseIpv6Host(text, inUri)
    : refuse('bracket-name', { text: shown(text) });
}

type Split =
  | {
      readonly ok: true;
      readonly bracketed: boolean;
      readonly host: string;
      readonly port: string | null;
    }
  | Refusal;

function splitPort(text: string): Split {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close < 0) return refuse('bracket-unclosed', { text: shown(text) });
    const after = text.slice(close + 1);
    if (after !== '' && !after.startsWith(':')) {
      return refuse('bracket-after', { text: shown(after) });
    }
    const port = after === '' ? null : after.slice(1);
    return { ok: true, bracketed: true, host: text.slice(1, close), port };
  }
  if (text.includes(']')) return refuse('bracket-unopened', { text: shown(text) });
  const colon = text.indexOf(':');
  if (colon < 0) return { ok: true, bracketed: false, host: text, port: null };
  if (colon !== text.lastIndexOf(':')) return splitColons(text);
  return { ok: true, bracketed: false, host: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** Two colons or more without brackets: an IPv6 address, or one whose port needs them. */
function splitColons(text: string): Split {
  const last = text.lastIndexOf(':');
  const before = text.slice(0, last);
  const port = text.slice(last + 1);
  const valid = parseIpv6(text.replace(/%.*/, '')) !== null;
  const validBefore = parseIpv6(before.replace(/%.*/, '')) !== null;
  const zoneHasColon = text.includes('%') && text.indexOf('%') < last;
  if (validBefore && /^\d+$/.test(port)) {
    if (zoneHasColon || !valid) {
      return refuse('ipv6-port', { text: shown(`[${before}]:${port}`) });
    }
    // Both readings are valid IPv6. Ours is the port that people add, so only there it is
    // ambiguous.
    if (Math.floor(Number(port) / 100) === Math.floor(DEFAULT_PORT / 100)) {
      return refuse('ipv6-two-ways', {
        text: shown(text),
        withPort: shown(`[${before}]:${port}`),
        without: shown(`[${text}]`),
      });
    }
  }
  if (valid || /^[0-9a-f:.]+(%.*)?$/i.test(text)) {
    return { ok: true, bracketed: false, host: text, port: null };
  }
  return refuse('address-colons', { text: shown(text) });
}
