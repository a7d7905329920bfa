import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import type { PageFile } from '../../core/profile/page-file.ts';
import { withPreferences } from '../../shared/model/preferences.ts';
import { CONTENT_POLICY } from './content-policy.ts';

// The page has its own scheme and is not loaded from file://, whose pages may read other files.
const SCHEME = 'parley-app';

/** The origin of our page, as Electron reports it: the only one that may talk to the core. */
export const APP_ORIGIN = `${SCHEME}://bundle`;
export const APP_URL = `${APP_ORIGIN}/index.html`;

/** Register before `app` is ready: its pages have a real origin and a secure context. */
export const APP_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

type Page = Pick<PageFile, 'preferences'>;

/** Serves the files of `folder`, and nothing else, under our scheme; the page with how it looks. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string, page: Page): void {
  protocol.handle(SCHEME, (request) => answer(request, folder, page));
}

async function answer(request: Request, folder: string, page: Page): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: HEADERS });
  const path = filePath(request.url, folder);
  const type = path === null ? undefined : CONTENT_TYPES[extname(path)];
  if (path === null || type === undefined) return notFound();
  try {
    const bytes = await readFile(path);
    const isPage = path === filePath(APP_URL, folder);
    const body = isPage
      ? withPreferences(bytes.toString('utf8'), page.preferences)
      : new Uint8Array(bytes);
    return new Response(body, { headers: { ...HEADERS, 'content-type': type } });
  } catch {
    return notFound();
  }
}

function notFound(): Response {
  return new Response(null, { status: 404, headers: HEADERS });
}

// The names that the build produces: folders and files of plain names. There is no `..`, no `\`, no
// drive and no encoded character to reason about, because none of them can be spelled with these.
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;

/** The file of `url` inside `folder`, or null when there is none. */
export function filePath(url: string, folder: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || `${parsed.protocol}//${parsed.host}` !== APP_ORIGIN) return null;
  return PLAIN_PATH.test(parsed.pathname) ? join(folder, parsed.pathname) : null;
}
