import type { ChannelName } from './bridge.ts';
import type { Batch } from './events.ts';
import type { Outcome } from './outcome.ts';

/**
 * The wire between the browser host and its page, both served from one origin on loopback.
 *
 * 1. The page is opened with a one-time secret in the URL's fragment, which browsers keep to
 *    themselves. It posts the secret to `session` and gets a session: a token, which it keeps in
 *    its `sessionStorage`, and an HttpOnly cookie. Neither works without the other: cookies are
 *    shared by all ports of a host, and storage can be read by scripts.
 * 2. It opens a WebSocket to `bridge` with the subprotocols `BRIDGE_PROTOCOL` and the token.
 * 3. On it, Cap'n Web: capability 0 of the host is a `WebBridgeApi`.
 */
export const WEB_PATHS = {
  /** POST: secret to session. GET with the token as bearer: is the session still good? */
  session: '/session',
  bridge: '/bridge',
  /** GET with the token as bearer: `Outcome<DataInfo>`. */
  data: '/data',
  /** POST with the token as bearer: an `ExportTicket`. */
  export: '/data/export',
  /** GET with a ticket as the query: the export, as a download. */
  download: '/data/download',
  /** POST with the token as bearer, an export as the body: `Outcome<Imported>`. */
  import: '/data/import',
  /** A page that tells how to get a new link. */
  newLink: '/new-link',
} as const;

/** The WebSocket subprotocol; the session token is offered beside it and never answered. */
export const BRIDGE_PROTOCOL = 'parley-bridge';

/** How the host closes its sockets when it stops (RFC 6455: going away): nobody is to wait for it. */
export const HOST_STOPPING = 1001;

/** Body of the POST to `session`, JSON. */
export interface SessionRequest {
  readonly secret: string;
}

/** Answer of the POST to `session`, JSON. */
export interface SessionAnswer {
  readonly token: string;
}

/** Answer of the POST to `export`, JSON. */
export interface ExportTicket {
  /** Where the export can be downloaded, once and within a minute. */
  readonly path: string;
}

/** What the host offers to a page that has proven its session: a `Transport`. */
export interface WebBridgeApi {
  /** Runs a command of a channel. */
  call(channel: ChannelName, name: string, input: unknown): Promise<Outcome<unknown>>;
  /** Calls `listener` with events after `afterSeq`, until the answer is disposed. */
  subscribe(
    channel: ChannelName,
    afterSeq: number,
    listener: (batch: Batch<unknown>) => void,
  ): Promise<Disposable>;
}
