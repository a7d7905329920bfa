import { createServer, type Server } from 'node:net';
import { errorCode } from '../../core/base/error-code.ts';
import type { World } from '../../core/base/world.ts';
import { raise } from '../../shared/problems/problem.ts';

const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';
/** Bytes of a name that nobody guesses. */
const NAME_BYTES = 16;
/** Ports that are tried until one is free on both loopback addresses. */
const MOST_TRIES = 16;

/** Where a page is, for browsers. */
export interface PageOrigin {
  /** `NAME:PORT`, the only one that requests may name. */
  readonly host: string;
  readonly port: number;
  readonly close: () => void;
}

export interface OriginOptions {
  /** The user's own choice: the origin is then the same at every start. */
  readonly port?: number;
  readonly world: Pick<World, 'randomBytes'>;
  readonly platform?: NodeJS.Platform;
}

/**
 * Lets `server` listen on this computer only, as an origin that no browser has known before. What a
 * browser keeps by origin (service workers, storage, permissions) outlives our process, and between
 * two starts any other user of this computer can take a port that was ours: at an origin that comes
 * back, their service worker would answer in our place, and read the one-time link.
 *
 * Browsers find every name below `localhost` on this computer by themselves (RFC 6761, section 6.3);
 * Safari before macOS 26 does not, so on macOS the port alone is new.
 *
 * Rejects with a `ProblemError` (`port-in-use`, `port-forbidden`).
 */
export async function openOrigin(server: Server, options: OriginOptions): Promise<PageOrigin> {
  const { port: wanted, world, platform = process.platform } = options;
  if (wanted !== undefined || platform === 'darwin') {
    const port = await listen(server, wanted ?? 0, LOOPBACK);
    return { host: `${LOOPBACK}:${port}`, port, close: () => {} };
  }
  const name = `${Buffer.from(world.randomBytes(NAME_BYTES)).toString('hex')}.localhost`;
  const { port, close } = await listenOnBoth(server);
  return { host: `${name}:${port}`, port, close };
}

/**
 * A browser may look for a name below `localhost` at either loopback address: whoever had the other
 * one would get the page's requests. Where there is no IPv6, nobody can have it.
 */
async function listenOnBoth(
  server: Server,
): Promise<{ readonly port: number; readonly close: () => void }> {
  for (let tries = 1; ; tries += 1) {
    const port = await listen(server, 0, LOOPBACK);
    const other = createServer((socket) => server.emit('connection', socket));
    try {
      await listen(other, port, LOOPBACK_6);
      return { port, close: () => void other.close() };
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return { port, close: () => {} };
      if (tries === MOST_TRIES) throw error;
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      try {
        if (host === LOOPBACK && error.code === 'EADDRINUSE') {
          raise('port-in-use', { port, owner: 'another program' });
        }
        if (error.code === 'EACCES') raise('port-forbidden', { port });
        reject(error);
      } catch (problem) {
        reject(problem);
      }
    };
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
