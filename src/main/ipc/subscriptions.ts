import type { WebContents } from 'electron';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import type { Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { Emits } from '../base/emits.ts';

/** A page that events are sent to. */
export type PageContents = Pick<WebContents, 'send' | 'isDestroyed'> &
  Emits<{ destroyed: [] }, 'once'> &
  Emits<{ 'render-process-gone': [] }>;

/** One page needs one; a few more are let through, a page gone wild is not. */
const MAX_PER_PAGE = 8;

/** Who is listening to the core's events. A page that is gone or starts anew stops listening. */
export class PageSubscriptions {
  readonly #subscribe: PeerApp['subscribe'];
  readonly #pages = new Map<PageContents, Map<number, Unsubscribe>>();

  constructor(subscribe: PeerApp['subscribe']) {
    this.#subscribe = subscribe;
  }

  /** Sends events after `afterSeq` to `page`, marked with `id`. A number in use is replaced. */
  add(page: PageContents, id: number, afterSeq: number): void {
    const own = this.#of(page);
    this.remove(page, id);
    if (own.size >= MAX_PER_PAGE) return;
    const unsubscribe = this.#subscribe(afterSeq, (batch) => {
      if (!page.isDestroyed()) page.send(IPC_CHANNELS.events, id, batch);
    });
    own.set(id, unsubscribe);
  }

  remove(page: PageContents, id: number): void {
    const own = this.#pages.get(page);
    own?.get(id)?.();
    own?.delete(id);
  }

  /** Ends all of a page's subscriptions. */
  clear(page: PageContents): void {
    const own = this.#pages.get(page);
    for (const unsubscribe of own?.values() ?? []) unsubscribe();
    own?.clear();
  }

  #of(page: PageContents): Map<number, Unsubscribe> {
    const known = this.#pages.get(page);
    if (known) return known;
    const own = new Map<number, Unsubscribe>();
    this.#pages.set(page, own);
    page.on('render-process-gone', () => this.clear(page));
    page.once('destroyed', () => {
      this.clear(page);
      this.#pages.delete(page);
    });
    return own;
  }
}
