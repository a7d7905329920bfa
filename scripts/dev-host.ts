import { randomBytes } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer, type HttpProxy, type Plugin, type ViteDevServer } from 'vite';
import { otherUser } from '../src/hosts/web/caller-user.ts';
import { startWebHost, type WebHost, type WebHostOptions } from '../src/hosts/web/web-host.ts';
import { WEB_PATHS } from '../src/shared/bridge/web-bridge.ts';
import { DEFAULT_PREFERENCES, withPreferences } from '../src/shared/model/preferences.ts';
import { thinEmojiPlugin } from './thin-emoji-plugin.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGE = join(ROOT, 'src/renderer');
const LOOPBACK = '127.0.0.1';
/** All that the host answers; every other path is the page, which Vite serves. */
const OF_THE_HOST = `^(${Object.values(WEB_PATHS).join('|')})([/?].*)?$`;

/**
 * The browser host with Vite's dev server before it, so that the page is reloaded hot. For a checkout
 * only: nothing of it is bundled, and the host itself is the one that is shipped, with all its checks.
 * It is asked through a proxy, which passes the dev server's own origin off as the host's and leaves
 * every other as it came, to be refused.
 */
export async function startDevHost(options: WebHostOptions): Promise<WebHost> {
  const host = await startWebHost({ ...options, rendererDir: PAGE });
  const server = await startVite(host, options.page).catch(async (error: unknown) => {
    await host.close();
    throw error;
  });
  const name = nameOf(server);
  return {
    port: Number(name.split(':')[1]),
    host: name,
    newLink: () => `http://${name}/${new URL(host.newLink()).hash}`,
    close: async () => {
      // The host first: it says goodbye to its pages, through the proxy.
      await host.close();
      await server.close();
    },
  };
}

/** `127.0.0.1:PORT`. */
function nameOf(server: ViteDevServer): string {
  return new URL(server.resolvedUrls?.local[0] ?? '').host;
}

async function startVite(host: WebHost, page: WebHostOptions['page']): Promise<ViteDevServer> {
  const nonce = randomBytes(16).toString('base64');
  const server: ViteDevServer = await createServer({
    configFile: false,
    root: PAGE,
    logLevel: 'warn',
    // No page in the place of a path that is not there.
    appType: 'mpa',
    // Without the plugin that parses messages for a release: a changed text is seen at once.
    plugins: [ownUserOnly(), pagePolicy(nonce), pageLooks(page), react(), thinEmojiPlugin()],
    html: { cspNonce: nonce },
    server: {
      host: LOOPBACK,
      // A new one at each start, as the host's own.
      port: 0,
      cors: false,
      fs: { allow: [PAGE, join(ROOT, 'src/shared'), join(ROOT, 'node_modules')] },
      proxy: {
        [OF_THE_HOST]: {
          target: `http://${LOOPBACK}:${host.port}`,
          ws: true,
          configure: (proxy) => rename(proxy, () => nameOf(server), host.host),
        },
      },
    },
  });
  return server.listen();
}

/** What is addressed to the dev server is addressed to the host; anything else stays as it came. */
function rename(proxy: HttpProxy.ProxyServer, own: () => string, host: string): void {
  const change = (sent: ClientRequest, { headers }: IncomingMessage) => {
    if (headers.host !== own()) return;
    sent.setHeader('host', host);
    if (headers.origin === `http://${own()}`) sent.setHeader('origin', `http://${host}`);
  };
  proxy.on('proxyReq', change);
  proxy.on('proxyReqWs', change);
}

/** Seen from the host every request is this process's, so other users are turned away here. */
function ownUserOnly(): Plugin {
  return {
    name: 'parley:own-user-only',
    configureServer: ({ middlewares }) => {
      middlewares.use(async ({ socket }, response, next) => {
        if ((await otherUser(socket).catch(() => -1)) === null) next();
        else response.writeHead(403).end();
      });
    },
  };
}

/** The page's own policy, and beside it what hot reload inserts, by a nonce. */
function pagePolicy(nonce: string): Plugin {
  return {
    name: 'parley:page-policy',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace(/(script-src|style-src) 'self'/g, `$1 'self' 'nonce-${nonce}'`),
    },
  };
}

/** The page with how it looks, as the host serves it. */
function pageLooks(page: WebHostOptions['page']): Plugin {
  return {
    name: 'parley:page-looks',
    transformIndexHtml: (html) => withPreferences(html, page?.preferences ?? DEFAULT_PREFERENCES),
  };
}
