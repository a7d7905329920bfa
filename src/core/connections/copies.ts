import type { ContactId } from '../../shared/model/model.ts';
import { problem } from '../../shared/problems/problem.ts';
import type { WarningAbout, Warnings } from '../base/warnings.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { LiveLink } from '../protocol/live-link.ts';

/** How long a warning stays after its cause was last seen, milliseconds. */
const WARNING_LIFETIME = 10 * 60_000;

interface Deps {
  readonly world: Pick<World, 'after'>;
  readonly book: ContactBook;
  readonly warnings: Pick<Warnings, 'set'>;
  /** Random id of this process in its hello: a new one at each start. */
  readonly instance: string;
}

type About = Extract<WarningAbout, 'contact-copies' | 'own-copies'>;

/**
 * Detects one profile online in two places, for instance after it was copied to a second computer:
 * messages then arrive here or there, and neither place has all of them. A process has a random id,
 * so a restored link, or links dialled from both sides at once, are not mistaken for that.
 *
 * It cannot tell a second copy by the owner from a stolen key, and does not detect copies that are
 * never online at the same time, or never with the same contact, nor those of the first edition,
 * which has no process id.
 */
export class Copies {
  readonly #deps: Deps;
  readonly #ends = new Map<About, () => void>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * A contact has two links at once. If they come from two processes and the older one is alive,
   * both sides are notified. Resolves when that is known; until then neither should be closed.
   */
  async met(id: ContactId, older: LiveLink, newer: LiveLink): Promise<void> {
    if (older.transport !== 'parley' || newer.transport !== 'parley') return;
    // The link of a process that has died outlives it for a while.
    await older.session.check();
    if (older.session.ended || newer.session.ended) return;
    const contact = this.#friend(id);
    if (!contact) return;
    this.#warn('contact-copies', { name: contact.name });
    for (const { link } of [older, newer]) {
      // The peer may be older than this method.
      Promise.resolve(link.elsewhere()).catch(() => {});
    }
  }

  /** A contact reports that it sees us in two places. */
  seenBy(id: ContactId): void {
    const contact = this.#friend(id);
    if (contact) this.#warn('own-copies', { name: contact.name });
  }

  /** A caller at `host` has authenticated with our own key: a copy, unless it is ourselves. */
  calledFrom(host: string, instance: string | undefined): void {
    if (instance === undefined || instance === this.#deps.instance) return;
    this.#warn('own-copies', { host });
  }

  stop(): void {
    for (const end of this.#ends.values()) end();
  }

  /** Only reports of accepted contacts cause a warning. */
  #friend(id: ContactId) {
    const contact = this.#deps.book.find(id)?.contact;
    return contact?.policy === 'accepted' && contact.chosen ? contact : null;
  }

  #warn(about: About, params: { readonly name: string } | { readonly host: string }): void {
    const { warnings, world } = this.#deps;
    const own = 'host' in params ? 'own-copy-called' : 'own-copy-seen';
    warnings.set(about, problem(about === 'contact-copies' ? about : own, params));
    this.#ends.get(about)?.();
    const cancel = world.after(WARNING_LIFETIME, () => warnings.set(about, null));
    this.#ends.set(about, cancel);
  }
}

/** Whether two links certainly belong to two processes. */
export function areTwo(one: LiveLink, other: LiveLink): boolean {
  if (one.transport !== 'parley' || other.transport !== 'parley') return false;
  const { instance } = one;
  return instance !== null && other.instance !== null && instance !== other.instance;
}
