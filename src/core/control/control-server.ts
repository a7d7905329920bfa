import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { createDispatcher } from '../../shared/bridge/dispatcher.ts';
import type { Transfer } from '../profile/transfer.ts';
import { ControlSession, type SessionDeps } from './control-session.ts';
import {
  keepToUser,
  type PlaceSystem,
  removePlace,
  socketPaths,
  thisSystem,
  writeRecord,
} from './socket-path.ts';

/** Programs that may be connected at once. */
const MAX_CLIENTS = 64;

export interface ControlOptions {
  /** The profile's folder, whose lock the caller holds. */
  readonly dataDir: string;
  readonly app: PeerApp;
  readonly transfer: Transfer;
  /** Whether the app itself runs, not only a command. */
  readonly isApp: boolean;
  /** The app wants to start on the profile, and we are only a command. */
  readonly onYield?: () => void;
  readonly onUnexpected: (error: unknown) => void;
  readonly system?: PlaceSystem;
  readonly maxClients?: number;
}

/** The way by which other programs of the same user reach this running copy. */
export interface Control {
  /** Resolves when nobody is connected. */
  readonly idle: () => Promise<void>;
  /** Takes nobody any more and hangs up on all; nothing is left in the file system. */
  readonly close: () => Promise<void>;
}

/**
 * Listens for the user's own commands on this profile. The process that holds the store's lock owns
 * the socket path too, so a stale socket of a killed process is removed without asking. Rejects if it
 * cannot listen.
 */
export async function startControl(options: ControlOptions): Promise<Control> {
  const { dataDir, onUnexpected, system = thisSystem, maxClients = MAX_CLIENTS } = options;
  await removePlace(dataDir);
  const sessions = new Set<ControlSession>();
  const waiting = new Set<() => void>();
  let deps: SessionDeps | null = null;
  const serve = (socket: Socket): void => {
    socket.on('error', () => undefined);
    if (deps === null) {
      socket.destroy();
      return;
    }
    const session = new ControlSession(socket, deps);
    sessions.add(session);
    session
      .run(sessions.size > maxClients)
      .catch(onUnexpected)
      .finally(() => {
        sessions.delete(session);
        if (sessions.size === 0) for (const resolve of waiting) resolve();
      });
  };
  const { server, path } = await listenSomewhere(socketPaths(dataDir, system), serve);
  server.on('error', onUnexpected);
  const dispatch = createDispatcher({ chat: options.app }, onUnexpected);
  try {
    await keepToUser(path, system);
    const { secret } = await writeRecord(dataDir, path);
    deps = {
      secret,
      dispatch: (name, input) => dispatch('chat', name, input),
      subscribe: options.app.subscribe,
      transfer: options.transfer,
      isApp: options.isApp,
      onYield: options.onYield ?? (() => undefined),
      onUnexpected,
    };
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    idle: () =>
      sessions.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve);
          }),
    close: async () => {
      const closed = server.listening ? once(server, 'close') : null;
      server.close();
      for (const session of sessions) session.end();
      await closed;
      await removePlace(dataDir);
    },
  };
}

async function listenSomewhere(
  paths: AsyncIterable<string>,
  serve: (socket: Socket) => void,
): Promise<{ readonly server: Server; readonly path: string }> {
  let failure: unknown = new Error('There is no place for a control socket.');
  for await (const path of paths) {
    const server = createServer(serve);
    try {
      server.listen(path);
      await once(server, 'listening');
      return { server, path };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
