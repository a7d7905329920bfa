import { createServer, type Server, type Socket } from 'node:net';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import { withDeadline } from '../../base/timeout.ts';
import type { World } from '../../base/world.ts';
import type { InboundHandler, Listen, Listener } from '../../protocol/channel.ts';
import type { TlsCredentials } from '../dial/connect-tls.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { flowKey } from '../scheduling/flow-key.ts';
import { systemScheduler } from '../scheduling/system-scheduler.ts';
import { bindPort, type PortOwner } from './bind-port.ts';
import { ConnectionLimiter, type Standing } from './connection-limiter.ts';
import { refuseSocket } from './http-refusal.ts';
import { createHttpServers } from './http-server.ts';
import { InboundServer, readableHost } from './inbound-server.ts';
import { createPortOwner } from './port-owner.ts';
import { ownNames, type Refusal } from './request-guard.ts';
import { sniffTls } from './tls-sniffer.ts';

/** Time for callers to close their side when we stop; then their sockets are destroyed. */
const STOP_GRACE_MS = 500;
/** Refusals in progress at once; beyond that, connections are closed without an answer. */
const POLITE_REFUSALS = 64;

export interface ListenDeps {
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly limits: Limits;
  /** Shares the event loop between callers: the same as for dialling. Its own unless given. */
  readonly scheduler?: FairScheduler;
  /** The certificate for encrypted callers; null refuses them. */
  readonly tls: TlsCredentials | null;
  /** This computer's host names (`os.hostname()`): callers may use them. */
  readonly machineNames: readonly string[];
  /** Further names that the user allows. */
  readonly allowedHostNames: readonly string[];
  /** Names the owner of a busy port; asks this system unless given. */
  readonly portOwner?: PortOwner;
  /** Called with internal errors. */
  readonly onUnexpected: (error: unknown) => void;
}

/** The listening side: plain HTTP and TLS on one port, batches and WebSockets, all within limits. */
export function createListen(deps: ListenDeps): Listen {
  return async (options, handler) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const stop = serve(server, deps, handler);
    const address = await bindPort(server, options, deps.portOwner ?? createPortOwner());
    server.on('error', deps.onUnexpected);
    return { host: options.host, port: address.port, close: stop } satisfies Listener;
  };
}

/** Answers every connection of `server`; returns what ends them all. */
function serve(server: Server, deps: ListenDeps, handler: InboundHandler): () => Promise<void> {
  const { limits, world } = deps;
  const inbound = new InboundServer({
    limits,
    world,
    scheduler: deps.scheduler ?? systemScheduler(limits),
    handler,
    allowedNames: ownNames(deps.machineNames, deps.allowedHostNames),
    onUnexpected: deps.onUnexpected,
  });
  const servers = createHttpServers({
    limits,
    world,
    tls: deps.tls,
    onRequest: (request, response) => inbound.onRequest(request, response),
    onUpgrade: (request, head) => inbound.onUpgrade(request, head),
    onBroken: (socket) => inbound.onBroken(socket),
    onSecured: (socket) => inbound.onSecured(socket),
  });
  const standingOf = (identity: Identity): Standing => {
    const { knows = () => true, isChosen = () => true } = handler;
    if (!knows(identity)) return 0;
    return isChosen(identity) ? 2 : 1;
  };
  const limiter = new ConnectionLimiter(limits, standingOf);
  const sockets = new Set<Socket>();
  let refusing = 0;

  const refuse = (socket: Socket, reason: string) => {
    if (refusing >= POLITE_REFUSALS) {
      socket.destroy();
      return;
    }
    refusing += 1;
    socket.once('close', () => {
      refusing -= 1;
    });
    refuseSocket(socket, tooMany(reason), world);
  };

  server.on('connection', (socket) => {
    const slot = limiter.admit(flowKey(readableHost(socket.remoteAddress)), () => socket.destroy());
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      limiter.release(slot);
    });
    // Refusals wait until the caller has sent a byte: a TLS client would take a plain-text answer
    // for a man in the middle.
    sniffTls(socket, {
      world,
      timeout: limits.headersTimeout,
      longestHello: limits.greetingBytes,
      onPlain: (raw) => {
        if (slot.reason !== null) refuse(raw, slot.reason);
        else servers.http.emit('connection', inbound.takePlain(raw));
      },
      onTls: (raw) => {
        if (servers.tls === null) {
          raw.destroy();
          return;
        }
        const admit = (identity: Identity | null) => {
          if (identity !== null) limiter.authenticate(slot, identity);
          return slot.reason === null ? null : tooMany(slot.reason);
        };
        servers.tls.emit('connection', inbound.takeSecure(raw, admit));
      },
    });
  });

  return async () => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    await withDeadline(world, STOP_GRACE_MS, inbound.close(), () => undefined);
    servers.close();
    for (const socket of sockets) socket.destroy();
    await closed.promise;
  };
}

function tooMany(reason: string): Refusal {
  return { status: 503, reason, headers: { 'retry-after': '5' } };
}
