import ipaddr from 'ipaddr.js';
import { formatAddress, isLoopbackHost, parseAddress } from '../../shared/address/address.ts';
import type { EventBatch } from '../../shared/bridge/events.ts';
import type { ContactId, OwnAddress } from '../../shared/model/model.ts';
import { TokenBucket } from '../base/token-bucket.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import { MAX_CLAIMED, type RemoteLink } from '../protocol/contract.ts';
import type { LiveLink } from '../protocol/live-link.ts';

/** How often a contact may change its addresses: burst, and per minute. */
const CHANGES = 6;

/** Ranges (as ipaddr.js names them) that can be dialled from another computer. */
const DIALLED: ReadonlySet<string> = new Set([
  'unicast',
  'private',
  'uniqueLocal',
  // Tailscale and similar networks.
  'carrierGradeNat',
]);

/** Not worth sending on a new link. */
const NOTHING = '[]';

interface Known {
  readonly link: RemoteLink;
  /** The addresses sent on this link, as JSON. */
  sent: string | null;
  /** The addresses that the contact announced before the user accepted it. */
  announced: readonly string[] | null;
}

interface Deps {
  readonly world: Pick<World, 'uptime'>;
  readonly book: ContactBook;
  /** Our addresses, best first; empty while we do not listen. */
  readonly own: () => readonly OwnAddress[];
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Announces our addresses to accepted contacts, when a link comes up and whenever they change, and
 * records what contacts announce. An announced address is a claim: it is dialled, and never
 * trusted.
 */
export class AddressExchange {
  readonly #deps: Deps;
  readonly #links = new Map<ContactId, Known>();
  readonly #paces = new Map<ContactId, TokenBucket>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Sets the current link to this contact; null for none. */
  setLink(id: ContactId, live: LiveLink | null): void {
    if (live?.transport !== 'parley') {
      this.#links.delete(id);
      this.#paces.delete(id);
      return;
    }
    this.#links.set(id, { link: live.link, sent: null, announced: null });
    this.#announce(id);
  }

  /** Our addresses may have changed, or the user may have accepted a contact. */
  follow(batch: EventBatch): void {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) {
      if (event.type === 'self-changed') for (const id of this.#links.keys()) this.#announce(id);
      if (event.type !== 'conversation-changed') continue;
      const { id } = event.conversation.contact;
      const known = this.#links.get(id);
      if (known?.sent === null) this.#announce(id);
      if (known?.announced && this.#isFriend(id)) {
        const { announced } = known;
        known.announced = null;
        this.received(id, announced).catch(this.#deps.onUnexpected);
      }
    }
  }

  #announce(id: ContactId): void {
    const known = this.#links.get(id);
    if (!known || !this.#isFriend(id)) return;
    const addresses = shareable(this.#deps.own());
    const text = JSON.stringify(addresses);
    const before = known.sent ?? NOTHING;
    // Also when it is empty: querying our interfaces takes time, and would happen at every event
    // while nothing was sent.
    known.sent = text;
    if (text === before) return;
    // The link is closed, or the other side is older than this method.
    Promise.resolve(known.link.addresses(addresses)).catch(() => {});
  }

  /**
   * A contact announces its addresses. Accepted only from contacts that the user chose, as only those
   * are dialled; announcements of others are kept in case they are accepted later.
   */
  async received(id: ContactId, addresses: readonly string[]): Promise<void> {
    const { world, book } = this.#deps;
    if (!this.#isFriend(id)) {
      const known = this.#links.get(id);
      if (known) known.announced = addresses;
      return;
    }
    const pace =
      this.#paces.get(id) ?? new TokenBucket(CHANGES / 60, CHANGES, () => world.uptime());
    this.#paces.set(id, pace);
    if (!pace.take(1)) return;
    const claimed = [...new Set(addresses.flatMap(claimable))].slice(0, MAX_CLAIMED);
    await book.update(id, { claimed });
  }

  #isFriend(id: ContactId): boolean {
    const contact = this.#deps.book.find(id)?.contact;
    return contact?.policy === 'accepted' && contact.chosen;
  }
}

/** Our own addresses as far as others can use them: never those for guests on this computer. */
export function shareable(own: readonly OwnAddress[]): readonly string[] {
  return own
    .filter(({ kind }) => kind === 'lan' || kind === 'vpn')
    .flatMap(({ address }) => claimable(address))
    .slice(0, MAX_CLAIMED);
}

/**
 * An announced address in canonical form, or none if it is not acceptable: IP addresses only, as a
 * name would let the contact choose our DNS queries; never loopback, nor an address that means
 * another computer on each network.
 */
export function claimable(text: string): readonly string[] {
  const parsed = parseAddress(text);
  if (!parsed.ok || parsed.identity !== null) return [];
  const { host, port } = parsed.address;
  if (!ipaddr.isValid(host) || isLoopbackHost(host)) return [];
  if (!DIALLED.has(ipaddr.process(host).range())) return [];
  return [formatAddress({ scheme: 'auto', host, port })];
}
