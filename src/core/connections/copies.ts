import type { ContactId } from '../../shared/model/model.ts';
import { problem } from '../../shared/problems/problem.ts';
import type { WarningAbout, Warnings } from '../base/warnings.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { LiveLink } from '../protocol/live-link.ts';

/** How long a warning stands after what it tells was last seen, milliseconds. */
const STANDS = 10 * 60_000;

interface Deps {
  readonly world: Pick<World, 'after'>;
  readonly book: ContactBook;
  readonly warnings: Pick<Warnings, 'set'>;
  /** What this process calls itself in its hello: another at each start. */
  readonly instance: string;
}

type About = Extract<WarningAbout, 'contact-copies' | 'own-copies'>;

/**
 * Notices one profile in two places at once, as after it was copied to a second computer: messages
 * then arrive here or there, and neither place has all of them. A process names itself at random, so
 * a link that is made anew, or from both sides at once, is none.
 *
 * What cannot be known: whether it is a copy of its owner's or somebody else has the key; copies that
 * are never online at the same time, or never with the same contact; and copies of the first edition,
 * which do not name themselves.
 */
export class Copies {
  readonly #deps: Deps;
  readonly #ends = new Map<About, () => void>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * A contact has two links at once. If they come from two processes and the older is alive, both
   * sides are told. Resolves when that is known; until then neither should be closed.
   */
  async met(id: ContactId, older: LiveLink, newer: LiveLink): Promise<void> {
    if (older.transport !== 'parley' || newer.transport !== 'parley') return;
    // A process that has died leaves its link behind for a while.
    await older.session.check();
    if (older.session.ended || newer.session.ended) return;
    const contact = this.#friend(id);
    if (!contact) return;
    this.#warn('contact-copies', { name: contact.name });
    for (const { link } of [older, newer]) {
      // It may be older than this call.
      Promise.resolve(link.elsewhere()).catch(() => {});
    }
  }

  /** A contact says that it sees us in two places. */
  seenBy(id: ContactId): void {
    const contact = this.#friend(id);
    if (contact) this.#warn('own-copies', { name: contact.name });
  }

  /** Somebody who has proven our own key calls from `host`: a copy, unless it is ourselves. */
  calledFrom(host: string, instance: string | undefined): void {
    if (instance === undefined || instance === this.#deps.instance) return;
    this.#warn('own-copies', { host });
  }

  stop(): void {
    for (const end of this.#ends.values()) end();
  }

  /** Nobody else's word is worth a warning. */
  #friend(id: ContactId) {
    const contact = this.#deps.book.find(id)?.contact;
    return contact?.policy === 'accepted' && contact.chosen ? contact : null;
  }

  #warn(about: About, params: { readonly name: string } | { readonly host: string }): void {
    const { warnings, world } = this.#deps;
    const own = 'host' in params ? 'own-copy-called' : 'own-copy-seen';
    warnings.set(about, problem(about === 'contact-copies' ? about : own, params));
    this.#ends.get(about)?.();
    const cancel = world.after(STANDS, () => warnings.set(about, null));
    this.#ends.set(about, cancel);
  }
}

/** Whether two links are known to belong to two processes. */
export function areTwo(one: LiveLink, other: LiveLink): boolean {
  if (one.transport !== 'parley' || other.transport !== 'parley') return false;
  const { instance } = one;
  return instance !== null && other.instance !== null && instance !== other.instance;
}
