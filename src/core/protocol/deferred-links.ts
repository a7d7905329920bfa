import type { Identity } from '../../shared/model/model.ts';
import type { World } from '../base/world.ts';
import type { Delivered, Envelope } from './contract.ts';
import type { LinkHandlers } from './link-capability.ts';
import { CLOSE, type Session } from './session.ts';

/** How long a link is kept on which nothing is taken; then the caller may try anew. Milliseconds. */
const LASTS = 5 * 60_000;

/** All of a delivery is to come later, when we say so. */
export function allLater(envelopes: readonly Envelope[]): Delivered {
  return { accepted: [], refused: [], later: envelopes.map(({ id }) => id) };
}

/** What somebody can do whom nobody here hears: the same as a stranger whose room is full. */
const UNHEARD: LinkHandlers = {
  deliver: async (envelopes) => allLater(envelopes),
  read: async () => {},
  typing: () => {},
  addresses: async () => {},
  ready: () => {},
  elsewhere: async () => {},
};

/**
 * Links of those for whom there is no place, and of those whom the user has blocked. Both get the same
 * answers, so that nobody can tell whether they are blocked; nothing of theirs is kept, or shown.
 */
export class PutOff {
  readonly handlers = UNHEARD;
  readonly #world: Pick<World, 'after'>;
  readonly #sessions = new Map<Identity, Set<Session>>();

  constructor(world: Pick<World, 'after'>) {
    this.#world = world;
  }

  add(identity: Identity, session: Session): void {
    const sessions = this.#sessions.get(identity) ?? new Set();
    this.#sessions.set(identity, sessions.add(session));
    const cancel = this.#world.after(LASTS, () => session.close(CLOSE.goingAway, 'try again'));
    void session.closed.then(() => {
      cancel();
      sessions.delete(session);
      if (sessions.size === 0) this.#sessions.delete(identity);
    });
  }

  /** Somebody may be heard from now on: their next link is one like any other's. */
  letIn(identity: Identity): void {
    for (const session of this.#sessions.get(identity) ?? []) {
      session.close(CLOSE.goingAway, 'try again');
    }
  }
}
