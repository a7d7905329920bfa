import { EventEmitter } from 'node:events';
import type { Frame } from './frames.ts';
import { packArgs } from './ipc-main.ts';
import type { FromPreload, ToPreload } from './world/preload-world.ts';

interface OpenDetails {
  readonly url: string;
}
type OpenHandler = (details: OpenDetails) => { readonly action: string };

/** Sends to a page's main frame; a page that is not there loses it, as in Electron. */
export type Deliver = (message: ToPreload) => void;

/** Electron's `webContents`. */
export class WebContents extends EventEmitter {
  #openHandler: OpenHandler | null = null;
  #deliver: Deliver = () => undefined;
  #destroyed = false;
  #url = '';

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this.#deliver({ kind: 'event', channel, args: packArgs(args) });
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Chromium has already blocked it: an app that would allow it asks more than the stand-in can. */
  askToOpen(url: string): void {
    const { action } = this.#openHandler?.({ url }) ?? { action: 'allow' };
    if (action !== 'deny') throw new Error(`The Electron stand-in cannot open windows: ${url}`);
  }

  /** Told by the window. */
  loading(url: string): void {
    this.#url = url;
  }

  connect(deliver: Deliver): void {
    this.#deliver = deliver;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
  }
}

/** What arrives from a page, with who sent it. */
export interface PageMessage {
  readonly message: FromPreload;
  readonly frame: Frame | null;
  readonly answer: (message: ToPreload) => void;
}
