import { type IncomingHttpHeaders, request } from 'node:http';
import { newWebSocketRpcSession, type RpcStub } from 'capnweb';
import { WebSocket } from 'ws';
import type { WebHost } from '../../../src/hosts/web/web-host.ts';
import {
  BRIDGE_PROTOCOL,
  WEB_PATHS,
  type WebBridgeApi,
} from '../../../src/shared/bridge/web-bridge.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A running browser host: where it listens, and the name that requests have to be addressed to. */
export type HostPlace = Pick<WebHost, 'port' | 'host'>;

/** One HTTP request to loopback with exactly these headers: no browser in between tidies them. */
export function ask(place: HostPlace, asked: Asked = {}): Promise<HttpAnswer> {
  const { port, host } = place;
  const { method = 'GET', path = '/', body } = asked;
  const headers = { host, ...asked.headers };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.end(body);
  });
}

/** Both halves of a page's session, as its browser keeps them. */
export interface PageSession {
  readonly token: string;
  readonly cookie: string;
}

/** The request by which a page opened with `link` gets its session. */
export function exchange(
  link: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const { origin, port, host, hash } = new URL(link);
  return ask(
    { port: Number(port), host },
    {
      method: 'POST',
      path: WEB_PATHS.session,
      headers: { origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ secret: hash.slice(1) }),
    },
  );
}

/** Opens a session as a page does. */
export async function openPageSession(link: string): Promise<PageSession> {
  const { status, headers, body } = await exchange(link);
  if (status !== 200) throw new Error(`no session: ${status} ${body}`);
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const { token } = JSON.parse(body) as { token: string };
  return { token, cookie };
}

/** Opens a page's WebSocket; resolves with the status of a refusal, or the open socket. */
export function openBridgeSocket(
  place: HostPlace,
  session: PageSession,
  change: { readonly origin?: string; readonly host?: string; readonly path?: string } = {},
): Promise<WebSocket | number> {
  const { port } = place;
  const { origin = `http://${place.host}`, host = place.host, path = WEB_PATHS.bridge } = change;
  const protocols = session.token === '' ? [BRIDGE_PROTOCOL] : [BRIDGE_PROTOCOL, session.token];
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
    headers: { cookie: session.cookie, ...(origin && { origin }), host },
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (sent, response) => {
      sent.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}

/** The host's capability on a page's open socket. */
export function bridgeOn(socket: WebSocket): RpcStub<WebBridgeApi> {
  // `ws` has the events and methods that capnweb uses of the browser's class.
  return newWebSocketRpcSession<WebBridgeApi>(socket as unknown as globalThis.WebSocket);
}
