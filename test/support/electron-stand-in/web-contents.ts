import { EventEmitter } from 'node:events';
import type { Frame } from './frames.ts';
import { packArgs } from './ipc-main.ts';
import { loud } from './loud.ts';
import type { Origins } from './origins.ts';
import type { ContextParams } from './world/context-menu.ts';
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
  #reload: () => void = () => undefined;
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

  connect(deliver: Deliver, reload: () => void): void {
    this.#deliver = deliver;
    this.#reload = reload;
  }

  reload(): void {
    this.#reload();
  }

  /** A right click that the page has left to the app. */
  askForMenu(params: ContextParams, origins: Origins): void {
    const linkURL = origins.toApp(params.linkURL);
    const noSpelling = { misspelledWord: '', dictionarySuggestions: [] };
    const all = { ...params, ...noSpelling, linkURL };
    this.emit('context-menu', {}, loud('context menu params', all));
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
