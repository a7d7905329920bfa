import { formatAddress, type PeerAddress } from '../../shared/address/address.ts';
import type { Contact, ContactId } from '../../shared/model/model.ts';
import { type Problem, ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import { withDeadline } from '../base/timeout.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import { foundIdentity } from './dial-outcome.ts';
import type { Reconnector } from './reconnector.ts';

/** How long the user waits for the identity at an address of a known contact, milliseconds. */
const TIMEOUT_MS = 3_000;

/** Findings at an address that are reported although the contact is online at another one. */
const ALARMS: ReadonlySet<Problem['code']> = new Set(['identity-changed', 'plain-refused']);

interface Deps {
  readonly world: Pick<World, 'after'>;
  readonly book: ContactBook;
  readonly linkOf: (id: ContactId) => Pick<Reconnector, 'meet'>;
}

/** Determines which contact answers at a typed address, when it is not the expected one. */
export class Meeting {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * The user has typed an address at which this contact once answered. It is dialled before it is
   * trusted: resolves with the contact it leads to now. Raises the finding when the contact is
   * online elsewhere and an unknown identity answers there.
   */
  async meet(id: ContactId, address: PeerAddress): Promise<ContactId> {
    const { book, linkOf } = this.#deps;
    const found = await this.#inTime(linkOf(id).meet(address));
    const other = found && this.#otherContact(id, found);
    if (other) {
      await book.addAddress(other.id, address);
      await this.#inTime(linkOf(other.id).meet(address));
      return other.id;
    }
    const isOnline = book.find(id)?.link.phase === 'online';
    if (found && ALARMS.has(found.code) && isOnline) throw new ProblemError(found);
    return id;
  }

  /** Dials a contact at an address, and renames a finding that is not a changed key. */
  async explained(id: ContactId, address: PeerAddress, attempt: Promise<void>): Promise<void> {
    try {
      await attempt;
    } catch (error) {
      const found = problemOf(error);
      if (ALARMS.has(found.code)) await this.#disprove(id, address);
      const other = this.#otherContact(id, found);
      if (!other) throw error;
      // An address that has moved from one contact to another.
      const params = { ...found.params, other: other.name };
      throw new ProblemError(problem('address-taken', params), { cause: error });
    }
  }

  /** Another identity answers where the contact claims to be: not to be dialled again for it. */
  async #disprove(id: ContactId, address: PeerAddress): Promise<void> {
    const text = formatAddress(address);
    const isClaimed = (contact: Contact | undefined): boolean =>
      contact?.claimed.includes(text) ?? false;
    if (!isClaimed(this.#deps.book.find(id)?.contact)) return;
    await this.#deps.book.update(id, ({ claimed }) => ({
      claimed: claimed.filter((it) => it !== text),
    }));
  }

  /** The other contact that, according to `found`, has answered in place of this one. */
  #otherContact(id: ContactId, problem: Problem): Contact | null {
    const found = foundIdentity(problem);
    if (found === null) return null;
    const { book } = this.#deps;
    // A contact known only from an invite has never had an address that could be taken over.
    if (book.find(id)?.contact.kind !== 'parley') return null;
    const owner = book.byIdentity(found);
    const isOurs = owner?.policy === 'accepted' && owner.chosen;
    return owner && owner.id !== id && isOurs ? owner : null;
  }

  /** The result of `work`, or null on a timeout. */
  #inTime<T>(work: Promise<T>): Promise<T | null> {
    return withDeadline(this.#deps.world, TIMEOUT_MS, work, () => null);
  }
}
