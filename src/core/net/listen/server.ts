import { createServer, type Server, type Socket } from 'node:net';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import type { World } from '../../base/world.ts';
import type { InboundHandler, Listen, Listener } from '../../protocol/channel.ts';
import type { TlsCredentials } from '../dial/connect-tls.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { flowKey } from '../scheduling/flow-key.ts';
import { systemScheduler } from '../scheduling/system-scheduler.ts';
import { bindPort, type PortOwner } from './bind-port.ts';
import { ConnectionGate, type Standing } from './connection-limiter.ts';
import { refuseSocket } from './http-refusal.ts';
import { createHttpFront } from './http-server.ts';
import { Reception, readableHost } from './inbound-server.ts';
import { createPortOwner } from './port-owner.ts';
import { ownNames, type Refusal } from './request-guard.ts';
import { sortByFirstByte } from './tls-sniffer.ts';

/** Time for callers to close their side when we stop; then their sockets are cut. */
const STOP_GRACE_MS = 500;
/** Refusals under way at once; beyond, a connection too many is cut without a word. */
const POLITE_REFUSALS = 64;

export interface ListenDeps {
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly limits: Limits;
  /** Shares the event loop between callers: the same as for dialling. Its own unless given. */
  readonly scheduler?: FairScheduler;
  /** The certificate that encrypted callers see; null turns them away. */
  readonly tls: TlsCredentials | null;
  /** What this computer calls itself (`os.hostname()`): callers may use it. */
  readonly machineNames: readonly string[];
  /** Names that the user allows besides. */
  readonly allowedHostNames: readonly string[];
  /** Says who has a busy port, for people; asks this system unless given. */
  readonly portOwner?: PortOwner;
  /** Told of failures of our own. */
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
  const reception = new Reception({
    limits,
    world,
    scheduler: deps.scheduler ?? systemScheduler(limits),
    handler,
    allowedNames: ownNames(deps.machineNames, deps.allowedHostNames),
    onUnexpected: deps.onUnexpected,
  });
  const front = createHttpFront({
    limits,
    world,
    tls: deps.tls,
    onRequest: (request, response) => reception.onRequest(request, response),
    onUpgrade: (request, head) => reception.onUpgrade(request, head),
    onBroken: (socket) => reception.onBroken(socket),
    onSecured: (socket) => reception.onSecured(socket),
  });
  const standingOf = (identity: Identity): Standing => {
    const { knows = () => true, isChosen = () => true } = handler;
    if (!knows(identity)) return 0;
    return isChosen(identity) ? 2 : 1;
  };
  const gate = new ConnectionGate(limits, standingOf);
  const sockets = new Set<Socket>();
  let refusing = 0;

  const turnAway = (socket: Socket, reason: string) => {
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
    const place = gate.enter(flowKey(readableHost(socket.remoteAddress)), () => socket.destroy());
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      gate.leave(place);
    });
    // Nobody is turned away before it has said a word: who greets in TLS would take a plain answer
    // for that of somebody else, who has come between.
    sortByFirstByte(socket, {
      world,
      timeout: limits.headersTimeout,
      onPlain: (raw) => {
        if (place.reason !== null) turnAway(raw, place.reason);
        else front.http.emit('connection', reception.takePlain(raw));
      },
      onTls: (raw) => {
        if (front.tls === null) {
          raw.destroy();
          return;
        }
        const admit = (identity: Identity | null) => {
          if (identity !== null) gate.prove(place, identity);
          return place.reason === null ? null : tooMany(place.reason);
        };
        front.tls.emit('connection', reception.takeSecure(raw, admit));
      },
    });
  });

  return async () => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    const graceOver = Promise.withResolvers<void>();
    const cancel = world.after(STOP_GRACE_MS, graceOver.resolve);
    await Promise.race([reception.close(), graceOver.promise]);
    cancel();
    front.close();
    for (const socket of sockets) socket.destroy();
    await closed.promise;
  };
}

function tooMany(reason: string): Refusal {
  return { status: 503, reason, headers: { 'retry-after': '5' } };
}
