import { RpcStub, RpcTarget } from 'capnweb';
import { type Dispatch, type Sources, sourceOf } from '../../shared/bridge/dispatcher.ts';
import { pumped } from '../../shared/bridge/event-pump.ts';
import type { Batch } from '../../shared/bridge/events.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';

/** One page needs one; a few more are let through, a page gone wild is not. */
const MAX_SUBSCRIPTIONS = 8;

export interface BridgeTargetDeps {
  readonly dispatch: Dispatch;
  readonly sources: Sources;
  /** The subscriptions of this connection; the owner of the target ends them with it. */
  readonly subscriptions: Set<Disposable>;
}

type Listener = RpcStub<(batch: Batch<unknown>) => void>;

/** What a page with a session may do: see `WebBridgeApi`. Every argument is checked. */
export class BridgeTarget extends RpcTarget {
  readonly #deps: BridgeTargetDeps;

  constructor(deps: BridgeTargetDeps) {
    super();
    this.#deps = deps;
  }

  call(channel: unknown, name: unknown, input: unknown): Promise<Outcome<unknown>> {
    return this.#deps.dispatch(channel, name, input);
  }

  subscribe(channel: unknown, afterSeq: unknown, listener: unknown): PageSubscription {
    const { sources, subscriptions } = this.#deps;
    const source = sourceOf(sources, channel);
    if (source === undefined) throw new TypeError('this channel has no events');
    if (typeof afterSeq !== 'number' || !Number.isSafeInteger(afterSeq) || afterSeq < 0) {
      throw new TypeError('afterSeq is the number of an event');
    }
    if (!(listener instanceof RpcStub)) throw new TypeError('listener is a function');
    if (subscriptions.size >= MAX_SUBSCRIPTIONS) {
      throw new RangeError(`Too many subscriptions; the limit is ${MAX_SUBSCRIPTIONS}.`);
    }
    // The stub belongs to this call's arguments; ours must outlive the call.
    const own = (listener as Listener).dup();
    const unsubscribe = pumped(source, afterSeq, async (batch) => {
      await own(batch);
    });
    return new PageSubscription(own, subscriptions, unsubscribe);
  }
}

/** Events on their way to one listener of a page, until the page lets go of this or is gone. */
export class PageSubscription extends RpcTarget {
  readonly #listener: Listener;
  readonly #all: Set<Disposable>;
  readonly #unsubscribe: Unsubscribe;

  constructor(listener: Listener, all: Set<Disposable>, unsubscribe: Unsubscribe) {
    super();
    this.#listener = listener;
    this.#all = all;
    this.#unsubscribe = unsubscribe;
    all.add(this);
  }

  [Symbol.dispose](): void {
    if (!this.#all.delete(this)) return;
    this.#unsubscribe();
    this.#listener[Symbol.dispose]();
  }
}
