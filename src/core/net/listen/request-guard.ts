import { isIP } from 'node:net';
import { BATCH_PATH, WEBSOCKET_PATH } from '../../protocol/routes.ts';

/**
 * The security-relevant parts of a request. Header values as received; every `Host` line in order.
 */
export interface RequestFacts {
  readonly method: string;
  /** The request target: a path, with or without a query. */
  readonly target: string;
  readonly hosts: readonly string[];
  /** Null when there is no such header; the text `null` is an origin like any other. */
  readonly origin: string | null;
  /** Whether the request asks for a WebSocket. */
  readonly upgrade: boolean;
  readonly secure: boolean;
}

/** A refusal: a status, a readable reason, additional headers. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Verdict =
  | { readonly pass: 'batch' | 'websocket' }
  | { readonly pass: null; readonly refusal: Refusal };

const NOT_A_PAGE =
  'This is a Parley chat peer, not a web page. It answers POST /rpc/batch and a WebSocket at /rpc/ws.';

/**
 * Decides what a request may reach. Web pages may reach nothing: a browser sends the page's origin
 * with every request that could do harm, and a page that rebinds its own name to this computer (DNS
 * rebinding) is recognised by the `Host` header. Over TLS the key decides, not the name.
 *
 * @param allowedNames lower-case host names, besides IP addresses and `localhost`, that may be in
 * `Host`
 */
export function authorizeRequest(facts: RequestFacts, allowedNames: ReadonlySet<string>): Verdict {
  const hostRefusal = checkHost(facts, allowedNames);
  if (hostRefusal !== null) return refused(hostRefusal);
  if (facts.origin !== null) {
    return refused({
      status: 403,
      reason: 'Web pages may not call this peer (an Origin was sent).',
    });
  }
  if (!facts.target.startsWith('/')) {
    return refused({ status: 400, reason: 'The request target must be a path.' });
  }
  const path = facts.target.replace(/[?#].*$/s, '');
  if (path === BATCH_PATH) {
    if (facts.method === 'POST') return { pass: 'batch' };
    return refused(notAllowed('POST', 'A batch of calls is sent with POST.'));
  }
  if (path === WEBSOCKET_PATH) {
    if (facts.method !== 'GET')
      return refused(notAllowed('GET', 'A WebSocket is opened with GET.'));
    if (facts.upgrade) return { pass: 'websocket' };
    return refused({
      status: 426,
      reason: 'Only WebSockets are answered here.',
      headers: { upgrade: 'websocket' },
    });
  }
  return refused({ status: 404, reason: path === '/' ? NOT_A_PAGE : 'Nothing is at this path.' });
}

function refused(refusal: Refusal): Verdict {
  return { pass: null, refusal };
}

function notAllowed(allow: string, reason: string): Refusal {
  return { status: 405, reason, headers: { allow } };
}

function checkHost(facts: RequestFacts, allowedNames: ReadonlySet<string>): Refusal | null {
  const [host] = facts.hosts;
  if (host === undefined || facts.hosts.length !== 1) {
    return { status: 400, reason: 'The request needs exactly one Host header.' };
  }
  if (facts.secure) return null;
  const name = hostName(host);
  if (name === null) return { status: 400, reason: 'The Host header is malformed.' };
  if (isOwnName(name, allowedNames)) return null;
  return {
    status: 403,
    reason: 'This peer does not go by that name (Host). Use its numeric address.',
  };
}

/** The name in a `Host` header: lower case, without port, brackets, zone or final dot. */
function hostName(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)(?:%[\w.~%-]+)?\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  const name = match?.[1] ?? match?.[2];
  return name === undefined ? null : name.toLowerCase().replace(/\.$/, '');
}

function isOwnName(name: string, allowedNames: ReadonlySet<string>): boolean {
  if (isIP(name) !== 0 || allowedNames.has(name)) return true;
  // These are never resolved over the network (RFC 6761, section 6.3), so no page can own one.
  return name === 'localhost' || name.endsWith('.localhost');
}

/**
 * The names that may be in a `Host` header: this machine's host name, also without its domain and
 * as announced on the local network (`.local`), and those that the user allows.
 */
export function ownNames(
  machineNames: readonly string[],
  allowedHostNames: readonly string[],
): ReadonlySet<string> {
  const short = machineNames.map((name) => name.replace(/\..*$/s, ''));
  const local = short.map((name) => `${name}.local`);
  const names = [...machineNames, ...short, ...local, ...allowedHostNames];
  return new Set(names.map((name) => name.toLowerCase().replace(/\.$/, '')));
}
