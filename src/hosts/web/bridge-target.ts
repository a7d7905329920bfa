import { RpcStub, RpcTarget } from 'capnweb';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import type { EventBatch } from '../../shared/bridge/events.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { KeptChanges, KeptValues } from '../../shared/bridge/web-bridge.ts';
import { ProblemError, problemOf } from '../../shared/problems/problem.ts';
import { ChangeFeed } from './change-feed.ts';
import { EventPump } from './event-pump.ts';
import type { PageStorageServer } from './page-storage-server.ts';

/** One page needs one; a few more are let through, a page gone wild is not. */
const MAX_SUBSCRIPTIONS = 8;

export interface BridgeTargetDeps {
  readonly subscribe: PeerApp['subscribe'];
  readonly dispatch: (name: unknown, input: unknown) => Promise<Outcome<unknown>>;
  /** The subscriptions of this connection; the owner of the target ends them with it. */
  readonly subscriptions: Set<Disposable>;
  /** What pages keep. */
  readonly storage: PageStorageServer;
  readonly onUnexpected: (error: unknown) => void;
}

type Listener = RpcStub<(batch: EventBatch) => void>;

/** What a page with a session may do: see `WebBridgeApi`. Every argument is checked. */
export class BridgeTarget extends RpcTarget {
  readonly #deps: BridgeTargetDeps;
  #feed: { readonly push: (changes: KeptChanges) => void; readonly end: () => void } | null = null;

  constructor(deps: BridgeTargetDeps) {
    super();
    this.#deps = deps;
  }

  command(name: unknown, input: unknown): Promise<Outcome<unknown>> {
    return this.#deps.dispatch(name, input);
  }

  subscribe(afterSeq: unknown, listener: unknown): PageSubscription {
    const { subscribe, subscriptions } = this.#deps;
    if (typeof afterSeq !== 'number' || !Number.isSafeInteger(afterSeq) || afterSeq < 0) {
      throw new TypeError('afterSeq is the number of an event');
    }
    if (!(listener instanceof RpcStub)) throw new TypeError('listener is a function');
    if (subscriptions.size >= MAX_SUBSCRIPTIONS) {
      throw new RangeError(`Too many subscriptions; the limit is ${MAX_SUBSCRIPTIONS}.`);
    }
    // The stub belongs to this call's arguments; ours must outlive the call.
    const own = (listener as Listener).dup();
    return new PageSubscription(own, subscriptions, (told) => subscribe(afterSeq, told));
  }

  /** One listener a page: another one takes its place. */
  kept(listener: unknown): KeptValues {
    const { storage, subscriptions } = this.#deps;
    if (!(listener instanceof RpcStub)) throw new TypeError('listener is a function');
    this.#feed?.end();
    const feed = new ChangeFeed((listener as RpcStub<(changes: KeptChanges) => void>).dup());
    const unsubscribe = storage.subscribe(feed.push);
    const end = (): void => {
      subscriptions.delete(ending);
      unsubscribe();
      feed[Symbol.dispose]();
    };
    const ending = { [Symbol.dispose]: end };
    subscriptions.add(ending);
    this.#feed = { push: feed.push, end };
    return storage.get();
  }

  keep(changes: unknown): Outcome<null> {
    try {
      this.#deps.storage.keep(changes, this.#feed?.push ?? null);
      return { ok: true, value: null };
    } catch (error) {
      if (!(error instanceof ProblemError)) this.#deps.onUnexpected(error);
      return { ok: false, problem: problemOf(error) };
    }
  }
}

/** Events on their way to one listener of a page, until the page lets go of this or is gone. */
export class PageSubscription extends RpcTarget {
  readonly #listener: Listener;
  readonly #all: Set<Disposable>;
  readonly #pump: EventPump;
  readonly #unsubscribe: Unsubscribe;

  constructor(
    listener: Listener,
    all: Set<Disposable>,
    subscribe: (listener: (batch: EventBatch) => void) => Unsubscribe,
  ) {
    super();
    this.#listener = listener;
    this.#all = all;
    this.#pump = new EventPump(async (batch) => {
      await listener(batch);
    });
    all.add(this);
    this.#unsubscribe = subscribe((batch) => this.#pump.push(batch));
  }

  [Symbol.dispose](): void {
    if (!this.#all.delete(this)) return;
    this.#unsubscribe();
    this.#pump.end();
    this.#listener[Symbol.dispose]();
  }
}
