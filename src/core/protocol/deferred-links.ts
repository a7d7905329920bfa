import type { Identity } from '../../shared/model/model.ts';
import type { World } from '../base/world.ts';
import { deferAll } from './in-order-receiver.ts';
import type { LinkHandlers } from './link-capability.ts';
import { CLOSE, type Session } from './session.ts';

/** How long a deferred link is kept; then the caller may try again. Milliseconds. */
const LIFETIME_MS = 5 * 60_000;

/** Defers every message and ignores the rest: what a stranger over its quota gets. */
const DEFERRING_HANDLERS: LinkHandlers = {
  deliver: async (envelopes) => deferAll(envelopes),
  read: async () => {},
  typing: () => {},
  addresses: async () => {},
  ready: () => {},
  elsewhere: async () => {},
};

/**
 * Links of callers over the stranger quota, and of blocked contacts. Both get the same answers, so
 * that a blocked contact cannot tell; none of their messages is stored or shown.
 */
export class DeferredLinks {
  readonly handlers = DEFERRING_HANDLERS;
  readonly #world: Pick<World, 'after'>;
  readonly #sessions = new Map<Identity, Set<Session>>();

  constructor(world: Pick<World, 'after'>) {
    this.#world = world;
  }

  add(identity: Identity, session: Session): void {
    const sessions = this.#sessions.get(identity) ?? new Set();
    this.#sessions.set(identity, sessions.add(session));
    const cancel = this.#world.after(LIFETIME_MS, () =>
      session.close(CLOSE.goingAway, 'try again'),
    );
    void session.closed.then(() => {
      cancel();
      sessions.delete(session);
      if (sessions.size === 0) this.#sessions.delete(identity);
    });
  }

  /** Ends the deferral: the identity's next link is an ordinary one. */
  admit(identity: Identity): void {
    for (const session of this.#sessions.get(identity) ?? []) {
      session.close(CLOSE.goingAway, 'try again');
    }
  }
}
