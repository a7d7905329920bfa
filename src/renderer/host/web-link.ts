import { newWebSocketRpcSession, type RpcStub } from 'capnweb';
import {
  BRIDGE_PROTOCOL,
  HOST_STOPPING,
  WEB_PATHS,
  type WebBridgeApi,
} from '../../shared/bridge/web-bridge.ts';

/** How long a socket that has dropped is tried again before the host counts as gone. */
const GIVE_UP_AFTER = 10_000;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 2_000;

export type Remote = RpcStub<WebBridgeApi>;

export interface WebLinkListeners {
  /** A socket is open again after one had dropped. */
  readonly onReopened: () => void;
  /** The host is gone; there will be no other attempt. */
  readonly onLost: () => void;
}

/** The page's WebSocket to its host: opened, and opened again when it drops. */
export class WebLink {
  readonly #token: string;
  readonly #listeners: WebLinkListeners;
  #remote: Promise<Remote>;
  #lost = false;

  constructor(token: string, listeners: WebLinkListeners) {
    this.#token = token;
    this.#listeners = listeners;
    this.#remote = this.#open();
    this.#remote.catch(() => this.#lose());
  }

  get lost(): boolean {
    return this.#lost;
  }

  /** The host's capability, once there is a connection. Rejects when the host is gone. */
  remote(): Promise<Remote> {
    return this.#remote;
  }

  async #open(): Promise<Remote> {
    const socket = await openSocket(this.#token);
    // Listened to before the session does, so that whoever sees a call fail for the lost connection
    // and asks again already gets the next one.
    socket.addEventListener('close', ({ code }) => this.#onClose(code, remote), { once: true });
    const remote = newWebSocketRpcSession<WebBridgeApi>(socket, undefined, {
      // What comes is our own host's; a long history may well be more than the default.
      limits: { maxMessageSize: Number.MAX_SAFE_INTEGER },
    });
    return remote;
  }

  #onClose(code: number, broken: Remote): void {
    if (this.#lost) return;
    broken[Symbol.dispose]();
    const stopping = code === HOST_STOPPING;
    this.#remote = stopping ? Promise.reject(new Error('the host has stopped')) : this.#retry();
    this.#remote.then(
      () => this.#listeners.onReopened(),
      () => this.#lose(),
    );
  }

  async #retry(): Promise<Remote> {
    const deadline = performance.now() + GIVE_UP_AFTER;
    for (let delay = FIRST_DELAY; ; delay = Math.min(delay * 2, LONGEST_DELAY)) {
      await new Promise((resolve) => setTimeout(resolve, delay * (0.5 + Math.random() / 2)));
      try {
        return await this.#open();
      } catch (error) {
        if (performance.now() >= deadline) throw error;
      }
    }
  }

  #lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#listeners.onLost();
  }
}

function openSocket(token: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const url = new URL(WEB_PATHS.bridge, location.href);
    url.protocol = 'ws:';
    const socket = new WebSocket(url, [BRIDGE_PROTOCOL, token]);
    socket.addEventListener('open', () => resolve(socket), { once: true });
    // Browsers do not tell a page why; `openSession` finds out.
    socket.addEventListener('error', () => reject(new Error('no connection')), { once: true });
  });
}
