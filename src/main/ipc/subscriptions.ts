import type { WebContents } from 'electron';
import { type Sources, sourceOf } from '../../shared/bridge/dispatcher.ts';
import { pumped } from '../../shared/bridge/event-pump.ts';
import { IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import type { Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { Emits } from '../base/emits.ts';

/** A page that events are sent to. */
export type PageContents = Pick<WebContents, 'send' | 'isDestroyed'> &
  Emits<{ destroyed: [] }, 'once'> &
  Emits<{ 'render-process-gone': [] }>;

/** One page needs a few; a page gone wild gets no more. */
const MAX_PER_PAGE = 8;

interface Subscription {
  readonly end: Unsubscribe;
  /** The page has taken what was sent last. */
  readonly taken: () => void;
}

/** Who is listening to events. A page that is gone or starts anew stops listening. */
export class PageSubscriptions {
  readonly #sources: Sources;
  readonly #pages = new Map<PageContents, Map<number, Subscription>>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Sends a channel's events after `afterSeq` to `page`, marked with `id`, which is replaced if in use. */
  add(page: PageContents, id: number, channel: unknown, afterSeq: number): void {
    const source = sourceOf(this.#sources, channel);
    const own = this.#of(page);
    this.remove(page, id);
    if (source === undefined || own.size >= MAX_PER_PAGE) return;
    let taken = (): void => {};
    const end = pumped(source, afterSeq, (batch) => {
      const delivered = Promise.withResolvers<void>();
      taken = delivered.resolve;
      if (!page.isDestroyed()) page.send(IPC_CHANNELS.events, id, batch);
      return delivered.promise;
    });
    own.set(id, { end, taken: () => taken() });
  }

  taken(page: PageContents, id: number): void {
    this.#pages.get(page)?.get(id)?.taken();
  }

  remove(page: PageContents, id: number): void {
    const own = this.#pages.get(page);
    own?.get(id)?.end();
    own?.delete(id);
  }

  /** Ends all of a page's subscriptions. */
  clear(page: PageContents): void {
    const own = this.#pages.get(page);
    for (const { end } of own?.values() ?? []) end();
    own?.clear();
  }

  #of(page: PageContents): Map<number, Subscription> {
    const known = this.#pages.get(page);
    if (known) return known;
    const own = new Map<number, Subscription>();
    this.#pages.set(page, own);
    page.on('render-process-gone', () => this.clear(page));
    page.once('destroyed', () => {
      this.clear(page);
      this.#pages.delete(page);
    });
    return own;
  }
}
