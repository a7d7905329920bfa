import { systemWorld } from '../../core/base/system-world.ts';
import type { World } from '../../core/base/world.ts';
import { PageFile } from '../../core/profile/page-file.ts';
import type { ProfileData } from '../../core/profile/profile-data.ts';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { Access } from './access.ts';
import { BridgeSockets } from './bridge-sockets.ts';
import { DataRoutes } from './data-routes.ts';
import { answerRequest } from './http-routes.ts';
import { openOrigin } from './page-origin.ts';
import { createPageServer } from './page-server.ts';
import { readRenderer } from './renderer-files.ts';
import { callerOf } from './requests.ts';

export interface WebHostOptions {
  readonly app: PeerApp;
  readonly data: ProfileData;
  /** How the page looks; without it, that is kept in memory. */
  readonly page?: PageFile;
  /** The folder of the built renderer. */
  readonly rendererDir: string;
  /** A port of the user's choice, which makes the origin the same at every start. */
  readonly port?: number;
  /** Told which other user of this computer has used our link; they got nothing by it. */
  readonly onOtherUser?: (user: number) => void;
  readonly onUnexpected: (error: unknown) => void;
  readonly world?: World;
}

export interface WebHost {
  readonly port: number;
  /** `NAME:PORT`: what requests have to be addressed to. */
  readonly host: string;
  /** A link that opens the page once. The one before it ends, if it was not used. */
  readonly newLink: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the page and its bridge to this computer. Rejects with a `ProblemError` (`port-in-use`,
 * `port-forbidden`).
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { app, data, rendererDir, onUnexpected, world = systemWorld } = options;
  const page = options.page ?? (await PageFile.open({ folder: null, onUnexpected }));
  const files = await readRenderer(rendererDir);
  const access = new Access(world);
  const server = createPageServer();
  const origin = await openOrigin(server.listener, {
    world,
    ...(options.port !== undefined && { port: options.port }),
  });
  const { host, port } = origin;
  // Cookies know no ports: two hosts on one computer must not take each other's.
  const cookieName = `parley-${port}`;
  const sockets = new BridgeSockets({
    host,
    cookieName,
    access,
    app,
    page,
    world,
    onUnexpected,
  });
  const { onOtherUser = () => {} } = options;
  const routes = { host, cookieName, access, files, page, onOtherUser };
  const dataRoutes = new DataRoutes({ data, world, onUnexpected });
  server.serve({
    standingOf: (request) => {
      const { hostHeader, cookie } = callerOf(request, cookieName);
      if (hostHeader !== host) return 'unknown';
      return access.isCookie(cookie) ? 'session' : 'named';
    },
    onRequest: (request, response, raw) => {
      answerRequest({ ...routes, data: dataRoutes, raw }, request, response).catch((error) => {
        onUnexpected(error);
        response.destroy();
      });
    },
    onUpgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
  });
  return {
    port,
    host,
    newLink: () => `http://${host}/#${access.newSecret()}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.listener.close(() => resolve());
        origin.close();
        void sockets.close();
        server.closeIdle();
        // Whoever is in the middle of something gets a moment, not more.
        setTimeout(server.closeAll, 1_000).unref();
      }),
  };
}
