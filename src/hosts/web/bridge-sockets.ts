import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { RpcSession } from 'capnweb';
import { type WebSocket, WebSocketServer } from 'ws';
import { withDeadline } from '../../core/base/timeout.ts';
import type { World } from '../../core/base/world.ts';
import { refuseSocket } from '../../core/net/listen/http-refusal.ts';
import type { Refusal } from '../../core/net/listen/request-guard.ts';
import { systemScheduler } from '../../core/net/scheduling/system-scheduler.ts';
import { createSocketChannel } from '../../core/net/websocket/websocket-channel.ts';
import type { PageFile } from '../../core/profile/page-file.ts';
import { CLOSE } from '../../core/protocol/session.ts';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { createDispatcher, type Offer } from '../../shared/bridge/dispatcher.ts';
import { BRIDGE_PROTOCOL, HOST_STOPPING, WEB_PATHS } from '../../shared/bridge/web-bridge.ts';
import { DEFAULT_LIMITS, type Limits } from '../../shared/model/limits.ts';
import type { Access } from './access.ts';
import { BridgeTarget } from './bridge-target.ts';
import { callerOf, isMarkedOwnPage } from './requests.ts';

/** Pages at once, each with one socket. */
const MAX_SOCKETS = 16;
const MIB = 1024 * 1024;

// Our own page: it may show a long history and paste a long text (which the core then refuses with
// a sentence), but it has no business with deep or endless messages either.
const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  frameBytes: 8 * MIB,
  sendBufferBytes: 512 * MIB,
  // A page may stand still for as long as its user likes.
  bufferedBytes: 512 * MIB,
};

/** Time between pings, so that a page that is gone without a word is noticed. Milliseconds. */
const PING_EVERY = 20_000;
const PING_TIMEOUT = 20_000;
/** How long a stopping host waits for what a page has sent last, milliseconds. */
const FAREWELL = 500;

export interface BridgeSocketsDeps {
  readonly host: string;
  readonly cookieName: string;
  readonly access: Access;
  readonly app: PeerApp;
  readonly page: PageFile;
  readonly world: World;
  readonly onUnexpected: (error: unknown) => void;
}

/** What a page offers, as far as its host knows: nothing. */
interface Page {
  goodbye(): null;
}

/** The WebSockets of pages: who may open one, and what they may do on it. */
export class BridgeSockets {
  readonly #deps: BridgeSocketsDeps;
  readonly #scheduler = systemScheduler(LIMITS);
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    // Never the token, which is offered beside it.
    handleProtocols: () => BRIDGE_PROTOCOL,
  });
  readonly #closers = new Set<() => Promise<void>>();
  #closing = false;

  constructor(deps: BridgeSocketsDeps) {
    this.#deps = deps;
  }

  /** Answers a request to upgrade: a session's page gets a bridge, everyone else a refusal. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.#refusal(request);
    if (refusal !== null) {
      refuseSocket(socket, refusal, this.#deps.world);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (open) => this.#serve(open, socket));
  }

  /** Says goodbye to every page, after what it has sent: the last key may be under way to a draft. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(Array.from(this.#closers, (close) => close()));
    this.#server.close();
  }

  #refusal(request: IncomingMessage): Refusal | null {
    const { host, cookieName, access } = this.#deps;
    const caller = callerOf(request, cookieName);
    if (!isMarkedOwnPage(caller, host))
      return { status: 403, reason: 'This address serves only its own page.' };
    if (request.url !== WEB_PATHS.bridge)
      return { status: 404, reason: 'Nothing is at this path.' };
    const offered = request.headers['sec-websocket-protocol']?.split(',') ?? [];
    const [protocol, token] = offered.map((text) => text.trim());
    if (protocol !== BRIDGE_PROTOCOL)
      return { status: 400, reason: 'Another WebSocket subprotocol is spoken here.' };
    switch (access.isSession(token ?? '', caller.cookie)) {
      case 'no':
        return { status: 401, reason: 'No session.' };
      case 'too-many':
        return { status: 429, reason: 'Too many wrong attempts. Wait a minute.' };
      case 'yes':
        if (this.#closing) return { status: 503, reason: 'Parley is stopping.' };
        return this.#closers.size >= MAX_SOCKETS
          ? { status: 503, reason: 'Too many pages are open.' }
          : null;
    }
  }

  #serve(socket: WebSocket, stream: Socket): void {
    const { app, page, world, onUnexpected } = this.#deps;
    const channel = createSocketChannel({
      socket,
      stream,
      identity: null,
      secure: false,
      remoteHost: stream.remoteAddress ?? '',
      remotePort: stream.remotePort ?? 0,
      limits: LIMITS,
      world,
      scheduler: this.#scheduler,
    });
    const subscriptions = new Set<Disposable>();
    const offer: Offer = {
      chat: app,
      host: {
        savePreferences: (change) => {
          page.change(change);
          return null;
        },
      },
    };
    const dispatch = createDispatcher(offer, onUnexpected);
    const underWay = new Set<Promise<unknown>>();
    const target = new BridgeTarget({
      dispatch: (...command) => {
        const outcome = dispatch(...command);
        underWay.add(outcome);
        void outcome.finally(() => underWay.delete(outcome));
        return outcome;
      },
      sources: { chat: app.subscribe },
      subscriptions,
    });
    const session = new RpcSession<Page>(channel.transport, target);
    const remote = session.getRemoteMain();
    const settle = async (): Promise<void> => {
      try {
        await remote.goodbye();
      } catch {
        // It offers no such call. Its answer comes behind all that it has sent before.
      }
      await Promise.all(underWay);
    };
    const close = async (): Promise<void> => {
      await withDeadline(world, FAREWELL, settle(), () => undefined);
      channel.close(HOST_STOPPING, 'Parley is stopping');
    };
    this.#closers.add(close);
    const cancelPing = keepAlive(
      world,
      () => channel.ping(PING_TIMEOUT),
      () => {
        channel.close(CLOSE.deadLink, 'no answer to a ping');
      },
    );
    void channel.closed.then(() => {
      this.#closers.delete(close);
      cancelPing();
      for (const subscription of [...subscriptions]) subscription[Symbol.dispose]();
      remote[Symbol.dispose]();
    });
  }
}

/** Pings from time to time until cancelled; `onDead` when one stays without answer. */
function keepAlive(world: World, ping: () => Promise<void>, onDead: () => void): () => void {
  let cancelled = false;
  let cancelTimer = () => {};
  const next = () => {
    cancelTimer = world.after(PING_EVERY, () => {
      ping().then(() => {
        if (!cancelled) next();
      }, onDead);
    });
  };
  next();
  return () => {
    cancelled = true;
    cancelTimer();
  };
}
