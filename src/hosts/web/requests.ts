import type { IncomingMessage } from 'node:http';
import { bytesWithin } from '../../core/base/collected-bytes.ts';

/** A request as far as access depends on it. */
export interface Caller {
  readonly hostHeader: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

/** Reads what access depends on; `cookieName` is our own cookie's. */
export function callerOf({ headers }: IncomingMessage, cookieName: string): Caller {
  return {
    hostHeader: headers.host,
    origin: headers.origin,
    cookie: readCookie(headers.cookie, cookieName),
  };
}

/**
 * Whether the request was addressed to us by our own URL (a page of another origin that rebinds its
 * name to this computer still sends its own name) and does not come from a page of another origin.
 */
export function isOwnPage(caller: Caller, host: string): boolean {
  if (caller.hostHeader !== host) return false;
  return caller.origin === undefined || caller.origin === `http://${host}`;
}

/** The same, for requests that browsers always mark with an Origin. */
export function isMarkedOwnPage(caller: Caller, host: string): boolean {
  return isOwnPage(caller, host) && caller.origin !== undefined;
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}

/** How long a small body may take. Milliseconds. */
const SMALL_BODY_TIME = 10_000;

/** A small body as text; null when it is over `limit` bytes or breaks off. */
export async function readSmallBody(
  request: IncomingMessage,
  limit: number,
): Promise<string | null> {
  // Nobody needs long for so little.
  const timer = setTimeout(() => request.destroy(), SMALL_BODY_TIME);
  try {
    const bytes = await bytesWithin(request, limit);
    return bytes?.toString('utf8') ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
