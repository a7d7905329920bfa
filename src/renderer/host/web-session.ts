import {
  type SessionAnswer,
  type SessionRequest,
  WEB_PATHS,
} from '../../shared/bridge/web-bridge.ts';

const STORAGE_KEY = 'parley-session';

/** The browser's parts that a session needs, so that tests can bring their own. */
export interface SessionPage {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'replace'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
}

/**
 * The token of this page's session. A page opened by a one-time link exchanges the secret in its
 * address, which is taken out of the address bar at once; a reloaded page has the token still. Null
 * when there is none to be had: the page is on its way to the one that explains it. Rejects when
 * the host does not answer.
 */
export async function openSession(page: SessionPage): Promise<string | null> {
  const secret = page.location.hash.slice(1);
  if (secret === '') {
    const token = page.storage.getItem(STORAGE_KEY);
    return token !== null && (await isGood(page, token)) ? token : leave(page);
  }
  page.history.replaceState(null, '', page.location.pathname);
  const body: SessionRequest = { secret };
  const response = await page.fetch(WEB_PATHS.session, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) return leave(page);
  const { token } = (await response.json()) as SessionAnswer;
  page.storage.setItem(STORAGE_KEY, token);
  return token;
}

/** Whether the host still knows the session. Rejects when the host does not answer. */
async function isGood(page: SessionPage, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await page.fetch(WEB_PATHS.session, { headers });
  return status === 204;
}

function leave(page: SessionPage): null {
  page.location.replace(WEB_PATHS.newLink);
  return null;
}
