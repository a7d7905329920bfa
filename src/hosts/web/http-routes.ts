import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { PageFile } from '../../core/profile/page-file.ts';
import { WEB_PATHS } from '../../shared/bridge/web-bridge.ts';
import { withPreferences } from '../../shared/model/preferences.ts';
import { hostPolicy, pageHeaders } from '../page-headers.ts';
import type { Access } from './access.ts';
import { otherUser } from './caller-user.ts';
import type { DataRoutes } from './data-routes.ts';
import { NEW_LINK_PAGE, NEW_LINK_STYLE } from './new-link-page.ts';
import type { RendererFile } from './renderer-files.ts';
import { callerOf, isMarkedOwnPage, isOwnPage, readSmallBody } from './requests.ts';

/** Bytes of the body that brings a secret. */
const MAX_BODY = 1_024;

export interface RouteDeps {
  /** `127.0.0.1:PORT`, the only name we answer to. */
  readonly host: string;
  readonly cookieName: string;
  readonly access: Access;
  readonly data: DataRoutes;
  readonly files: ReadonlyMap<string, RendererFile>;
  /** How the page looks: it is served with it. */
  readonly page: Pick<PageFile, 'preferences'>;
  /** The connection that the request came on. */
  readonly raw: Pick<Socket, 'remotePort' | 'localPort'>;
  readonly onOtherUser: (user: number) => void;
}

/** Answers one HTTP request. */
export async function answerRequest(
  deps: RouteDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(pageHeaders(deps.host))) {
    if (value !== undefined) response.setHeader(name, value);
  }
  if (!isOwnPage(callerOf(request, deps.cookieName), deps.host)) {
    return plain(response, 403, 'This address serves only its own page.');
  }
  // Paths are compared as they came: nothing is decoded, joined or normalised.
  const [path = '', query = ''] = request.url?.split('?', 2) ?? [];
  if (path === WEB_PATHS.session) return answerSession(deps, request, response);
  if (path.startsWith(WEB_PATHS.data)) return answerData(deps, path, query, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return plain(response, 405, 'Only GET and HEAD.');
  }
  if (path === WEB_PATHS.newLink) {
    response.setHeader('content-security-policy', hostPolicy(deps.host, NEW_LINK_STYLE));
    return send(response, 200, 'text/html; charset=utf-8', NEW_LINK_PAGE);
  }
  const file = deps.files.get(path);
  if (file === undefined) return plain(response, 404, 'Not found.');
  const { type, body } = file;
  if (file !== deps.files.get('/')) return send(response, 200, type, body);
  send(response, 200, type, withPreferences(body.toString('utf8'), deps.page.preferences));
}

async function answerSession(
  { access, host, cookieName, raw, onOtherUser }: RouteDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = callerOf(request, cookieName);
  if (request.method === 'GET') {
    if (hasSession(access, request, response, caller.cookie)) response.writeHead(204).end();
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'GET, POST');
    return plain(response, 405, 'Only GET and POST.');
  }
  if (!isMarkedOwnPage(caller, host)) {
    return plain(response, 403, 'This address serves only its own page.');
  }
  const body = await readSmallBody(request, MAX_BODY);
  if (body === null) {
    response.setHeader('connection', 'close');
    return plain(response, 413, `The limit is ${MAX_BODY} bytes.`);
  }
  // A user that can list our processes may have seen the link that the browser was started with.
  const other = await otherUser(raw);
  if (other !== null) {
    onOtherUser(other);
    return plain(response, 403, 'This link is for another user of this computer.');
  }
  const admission = access.admit(secretIn(body), caller.cookie);
  switch (admission.type) {
    case 'too-many':
      return tooMany(response);
    case 'refused':
      return plain(response, 403, `This link cannot be used any more; see ${WEB_PATHS.newLink}`);
    case 'admitted': {
      const { token, cookie } = admission.keys;
      response.setHeader(
        'set-cookie',
        `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
      );
      return send(response, 200, 'application/json', JSON.stringify({ token }));
    }
  }
}

async function answerData(
  { access, host, cookieName, data }: RouteDeps,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = callerOf(request, cookieName);
  const { method } = request;
  if (path === WEB_PATHS.download && method === 'GET') {
    // A link of the page brings the cookie along, but not the token: the ticket stands for it.
    const answer = access.isCookie(caller.cookie);
    if (answer && (await data.download(query, response))) return;
    return plain(response, 403, 'This download cannot be used any more.');
  }
  const known =
    (path === WEB_PATHS.data && method === 'GET') ||
    ((path === WEB_PATHS.export || path === WEB_PATHS.import) && method === 'POST');
  if (!known) return plain(response, 404, 'Not found.');
  if (method === 'POST' && !isMarkedOwnPage(caller, host)) {
    return plain(response, 403, 'This address serves only its own page.');
  }
  if (!hasSession(access, request, response, caller.cookie)) return;
  if (path === WEB_PATHS.data) return data.info(response);
  if (path === WEB_PATHS.export) return data.ticket(response);
  return data.upload(request, response);
}

/** Whether the request brings both halves of a session; if not, it is answered. */
function hasSession(
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
  cookie: string | undefined,
): boolean {
  const token = /^Bearer +([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const answer = access.isSession(token, cookie);
  if (answer === 'yes') return true;
  if (answer === 'no') plain(response, 401, 'No session.');
  else tooMany(response);
  return false;
}

function secretIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('secret' in parsed)) return '';
    return typeof parsed.secret === 'string' ? parsed.secret : '';
  } catch {
    return '';
  }
}

function tooMany(response: ServerResponse): void {
  response.setHeader('retry-after', '60');
  plain(response, 429, 'Too many wrong attempts. Wait a minute.');
}

function plain(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  // For HEAD, node sends the head alone.
  response.end(body);
}
