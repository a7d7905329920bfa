import type { ChatHandlers, CommandInput } from '../shared/bridge/chat-bridge.ts';
import { lookalikesOf } from '../shared/model/lookalikes.ts';
import type { Contact, ContactId, LinkState } from '../shared/model/model.ts';
import { raise } from '../shared/problems/problem.ts';
import type { Connections } from './connections/connections.ts';
import type { ContactBook } from './contacts/contact-book.ts';
import type { Outbox } from './messages/outbox.ts';
import type { Signals } from './messages/receipts-and-typing.ts';
import type { Store } from './storage/store.ts';

interface Deps {
  readonly book: ContactBook;
  readonly store: Pick<Store, 'lastSent'>;
  readonly outbox: Outbox;
  readonly signals: Signals;
  readonly connections: Connections;
}

/** The user's decisions about identities. */
export interface Trust extends Pick<ChatHandlers, 'acceptIdentity' | 'setPolicy' | 'setVerified'> {
  /** Accepts a contact; one that resembles another only if `really` is set. */
  readonly accept: (id: ContactId, really: boolean) => Promise<void>;
}

export function createTrust({ book, store, outbox, signals, connections }: Deps): Trust {
  const accept = async (id: ContactId, really: boolean): Promise<void> => {
    await book.update(id, (contact) => {
      const [known] = contact.policy === 'accepted' || really ? [] : book.lookalikes(contact);
      if (known) raise('looks-known', { name: contact.name, known: known.contact.name });
      return { policy: 'accepted', chosen: true };
    });
    void signals.sendReady(id);
    // Receipts for messages read as a request may be sent now.
    void signals.sendRead(id);
    connections.admit(book.find(id)?.contact.identity ?? null);
    connections.dial(id, 'user');
    outbox.flush(id);
  };

  /**
   * Assigns a contact an identity that has answered at its address, or that of a request which
   * resembles it; that of any other contact only with `merge`.
   */
  const assignIdentity = async (input: CommandInput<'acceptIdentity'>): Promise<void> => {
    const { contactId, identity, merge = false } = input;
    const { contact, link } = book.get(contactId);
    const { name } = contact;
    if (contact.policy === 'blocked') raise('blocked', { name });
    if (contact.identity === identity) return;
    const owner = book.byIdentity(identity);
    if (owner && owner.policy !== 'request' && !merge)
      raise('identity-known', { name: owner.name });
    const shown = answered(link, identity) || (owner !== null && calledAs(owner, contact, merge));
    // Only the identity that the user has been shown.
    if (contact.identity === null || !shown) raise('identity-unseen', { name });
    const earlierKeyUpTo = (await store.lastSent(contactId)) ?? undefined;
    const trust: Contact['trust'] = owner?.trust === 'verified' ? 'verified' : 'first-use';
    const reached = owner?.reached ?? [];
    const change = { ...NEW_KEY, identity, trust, reached, earlierKeyUpTo } as const;
    if (owner) {
      await book.merge(owner.id, contactId, () => change);
      connections.drop(owner.id);
    } else {
      await book.update(contactId, change);
    }
  };

  return {
    accept,
    setPolicy: async ({ contactId, policy, really = false }) => {
      if (policy === 'accepted') await accept(contactId, really);
      else {
        const { identity } = await book.update(contactId, { policy });
        if (policy === 'blocked') connections.drop(contactId);
        else connections.admit(identity);
      }
      return null;
    },
    acceptIdentity: async (input) => {
      await book.withIdentity(input.identity, () => assignIdentity(input));
      connections.admit(input.identity);
      connections.redial(input.contactId);
      return null;
    },
    setVerified: async ({ contactId, verified }) => {
      const { contact } = book.get(contactId);
      if (contact.identity === null) raise('identity-unseen', { name: contact.name });
      await book.update(contactId, { trust: verified ? 'verified' : 'first-use' });
      return null;
    },
  };
}

/** The change to a contact whose new key the user has trusted. */
const NEW_KEY = { kind: 'parley', chosen: true } as const;

/** Whether this key was found at the contact's address. */
function answered(link: LinkState, identity: string): boolean {
  return link.phase === 'offline' && link.foundIdentity === identity;
}

/** Whether a caller with this key can be the contact. */
function calledAs(owner: Contact, contact: Contact, merge: boolean): boolean {
  if (owner.kind !== 'parley') return false;
  return merge || lookalikesOf(owner, [contact]).length > 0;
}
