import { RpcStub, RpcTarget } from 'capnweb';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import type { EventBatch } from '../../shared/bridge/events.ts';
import { hostSchemas } from '../../shared/bridge/host-schemas.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { Preferences } from '../../shared/model/preferences.ts';
import { problem } from '../../shared/problems/problem.ts';
import { EventPump } from './event-pump.ts';

/** One page needs one; a few more are let through, a page gone wild is not. */
const MAX_SUBSCRIPTIONS = 8;

export interface BridgeTargetDeps {
  readonly subscribe: PeerApp['subscribe'];
  readonly dispatch: (name: unknown, input: unknown) => Promise<Outcome<unknown>>;
  /** The subscriptions of this connection; the owner of the target ends them with it. */
  readonly subscriptions: Set<Disposable>;
  readonly savePreferences: (preferences: Preferences) => void;
}

type Listener = RpcStub<(batch: EventBatch) => void>;

/** What a page with a session may do: see `WebBridgeApi`. Every argument is checked. */
export class BridgeTarget extends RpcTarget {
  readonly #deps: BridgeTargetDeps;

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

  savePreferences(input: unknown): Outcome<null> {
    const parsed = hostSchemas.savePreferences.safeParse(input);
    if (!parsed.success) {
      const reason = 'savePreferences: not its input';
      return { ok: false, problem: problem('bad-input', { reason }) };
    }
    this.#deps.savePreferences(parsed.data);
    return { ok: true, value: null };
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
