import { createServer, type Server } from 'node:http';
import type { ProfileData } from '../../peer/profile-data.ts';
import { systemWorld } from '../../peer/system-world.ts';
import type { World } from '../../peer/world.ts';
import type { PeerApp } from '../../shared/chat-bridge.ts';
import { raise } from '../../shared/problem.ts';
import { Access } from './access.ts';
import { BridgeSockets } from './bridge-sockets.ts';
import { DataRoutes } from './data-routes.ts';
import { answerRequest } from './http-routes.ts';
import { lastPort, rememberPort } from './last-port.ts';
import { PageShelf } from './page-shelf.ts';
import { readRenderer } from './renderer-files.ts';

/** This computer only: who else should see the page forwards the port, say over SSH. */
const LOOPBACK = '127.0.0.1';
const MAX_CONNECTIONS = 128;

export interface WebHostOptions {
  readonly app: PeerApp;
  readonly data: ProfileData;
  /** The profile's folder, where what its pages keep is kept too; without it, in memory. */
  readonly folder?: string | null;
  /** The folder of the built renderer. */
  readonly rendererDir: string;
  /** A port of the user's choice; by default the last one of this profile, or any free one. */
  readonly port?: number;
  readonly onUnexpected: (error: unknown) => void;
  readonly world?: World;
}

export interface WebHost {
  readonly port: number;
  /** A link that opens the page once. The one before it ends, if it was not used. */
  readonly newLink: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the page and its bridge to this computer. Rejects with a `ProblemError` (`port-in-use`,
 * `port-forbidden`).
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { app, data, folder = null, rendererDir, onUnexpected, world = systemWorld } = options;
  const files = await readRenderer(rendererDir);
  const access = new Access(world);
  // An import may take its time; small bodies have a limit of their own (requests.ts).
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 0 });
  server.maxConnections = MAX_CONNECTIONS;
  server.keepAliveTimeout = 5_000;
  const port = await listenSomewhere(server, options.port, folder);
  const host = `${LOOPBACK}:${port}`;
  // Cookies know no ports: two hosts on one computer must not take each other's.
  const cookieName = `parley-${port}`;
  const shelf = await PageShelf.open({ folder, world, onUnexpected });
  const sockets = new BridgeSockets({ host, cookieName, access, app, shelf, world, onUnexpected });
  const routes = { host, cookieName, access, files };
  const dataRoutes = new DataRoutes({ data, world, onUnexpected });
  server.on('request', (request, response) => {
    answerRequest({ ...routes, data: dataRoutes }, request, response).catch((error) => {
      onUnexpected(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  return {
    port,
    newLink: () => `http://${host}/#${access.newSecret()}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        sockets.close();
        server.closeIdleConnections();
        // Whoever is in the middle of something gets a moment, not more.
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      });
      await shelf.close();
    },
  };
}

/** The port that the user wants and no other; or the one of last time, or any that is free. */
async function listenSomewhere(
  server: Server,
  wanted: number | undefined,
  folder: string | null,
): Promise<number> {
  if (wanted !== undefined) return listen(server, wanted);
  const last = folder === null ? null : await lastPort(folder);
  const port =
    last === null
      ? await listen(server, 0)
      : await listen(server, last).catch(() => listen(server, 0));
  if (folder !== null && port !== last) await rememberPort(folder, port);
  return port;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      try {
        if (error.code === 'EADDRINUSE') raise('port-in-use', { port, owner: 'another program' });
        if (error.code === 'EACCES') raise('port-forbidden', { port });
        reject(error);
      } catch (problem) {
        reject(problem);
      }
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
