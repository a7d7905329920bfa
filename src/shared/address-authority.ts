import { type HostParse, parseIpv6Host, parseNameOrIpv4 } from './address-host.ts';
import { parseIpv6 } from './address-ip.ts';
import { quoted } from './address-text.ts';
import { DEFAULT_PORT } from './limits.ts';

export interface Refusal {
  readonly ok: false;
  /** What is wrong with the text, a sentence for people. */
  readonly reason: string;
}

/** A refusal, for the parsers of addresses. */
export function refuse(reason: string): Refusal {
  return { ok: false, reason };
}

type Endpoint = { readonly ok: true; readonly host: string; readonly port: number } | Refusal;

/**
 * Reads the `host:port` of an address. `scheme` is what stood before `://`, if anything did, and
 * `defaultPort` the port when the text has none.
 */
export function parseAuthority(
  text: string,
  defaultPort: number,
  scheme: string | undefined,
): Endpoint {
  if (text.includes('@')) {
    // What stands before an @ may be a password, so it is not repeated.
    const email = scheme === undefined && /^(mailto:)?[^@:]+@[^@:]+$/i.test(text);
    return refuse(
      email
        ? 'The @ makes this an e-mail address; the address of a computer is needed.'
        : 'An address has no user name or password: leave out everything up to the @.',
    );
  }
  const split = splitPort(text);
  if (!split.ok) return split;
  if (split.host === '') {
    const where =
      scheme === undefined ? `before ${quoted(text)}` : `after ${quoted(`${scheme}://`)}`;
    return refuse(`The host ${where} is missing.`);
  }
  const host = split.bracketed
    ? parseBracketed(split.host, scheme !== undefined)
    : parseHost(split.host, scheme !== undefined);
  if (!host.ok) return host;
  if (split.port === null) return { ok: true, host: host.host, port: defaultPort };
  if (split.port === '') return refuse(`There is no port after the colon in ${quoted(text)}.`);
  if (!/^\d+$/.test(split.port)) {
    return refuse(`${quoted(split.port)} is not a port: a whole number from 1 to 65535 is needed.`);
  }
  const port = Number(split.port);
  return port >= 1 && port <= 65535
    ? { ok: true, host: host.host, port }
    : refuse(`The port ${quoted(split.port)} is outside the range from 1 to 65535.`);
}

/** Reads a host without brackets. `inUri` decides how a zone is written. */
export function parseHost(text: string, inUri: boolean): HostParse {
  return text.includes(':') ? parseIpv6Host(text, inUri) : parseNameOrIpv4(text);
}

function parseBracketed(text: string, inUri: boolean): HostParse {
  return text.includes(':')
    ? parseIpv6Host(text, inUri)
    : refuse(`Brackets are for IPv6 addresses only: write ${quoted(text)} without them.`);
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
    if (close < 0) return refuse(`The bracket at the start of ${quoted(text)} is not closed.`);
    const after = text.slice(close + 1);
    if (after !== '' && !after.startsWith(':')) {
      return refuse(
        `After the closing bracket a colon and a port may follow, not ${quoted(after)}.`,
      );
    }
    const port = after === '' ? null : after.slice(1);
    return { ok: true, bracketed: true, host: text.slice(1, close), port };
  }
  if (text.includes(']')) return refuse(`The bracket in ${quoted(text)} is not opened.`);
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
      return refuse(
        `An IPv6 address with a port needs brackets: write ${quoted(`[${before}]:${port}`)}.`,
      );
    }
    // Both readings are valid IPv6. Ours is the port that people add, so only there we ask.
    if (Math.floor(Number(port) / 100) === Math.floor(DEFAULT_PORT / 100)) {
      return refuse(
        `${quoted(text)} can be read in two ways: write ${quoted(`[${before}]:${port}`)} or ${quoted(`[${text}]`)}.`,
      );
    }
  }
  if (valid || /^[0-9a-f:.]+(%.*)?$/i.test(text)) {
    return { ok: true, bracketed: false, host: text, port: null };
  }
  return refuse(`There is more than one colon in ${quoted(text)}.`);
}
