import {
  formatAddress,
  type PeerAddress,
  parseAddress,
  placeName,
} from '../../shared/address/address.ts';
import type { ChatHandlers } from '../../shared/bridge/chat-bridge.ts';
import type { Contact, ContactId, Identity } from '../../shared/model/model.ts';
import { raise } from '../../shared/problems/problem.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { LocalEndpoint } from '../endpoint/local-endpoint.ts';
import type { Connections } from './connections.ts';

interface Deps {
  readonly endpoint: LocalEndpoint;
  readonly book: ContactBook;
  readonly connections: Connections;
  readonly connect: ChatHandlers['connect'];
  /** Whom an address means, if that is known. */
  readonly invited: (identity: Identity | null, address: PeerAddress) => Contact | null;
}

/** What can be done about a contact that nobody has answered for yet. */
export function createAttempts({
  endpoint,
  book,
  connections,
  connect,
  invited,
}: Deps): Pick<ChatHandlers, 'changeAddress' | 'forgetAttempt'> {
  const forget = async (contactId: ContactId): Promise<boolean> => {
    const forgotten = await book.removeAttempt(contactId);
    if (forgotten) connections.drop(contactId);
    return forgotten;
  };

  /** Replaces the address, and takes what an invite promises. */
  const move = async (
    contactId: ContactId,
    address: PeerAddress,
    identity: Identity | null,
  ): Promise<void> => {
    const owner = identity === null ? null : book.byIdentity(identity);
    if (owner && owner.id !== contactId) raise('identity-known', { name: owner.name });
    await book.update(contactId, (contact) => {
      // Somebody answered just now: what is known of them stays.
      if (contact.kind !== 'unknown') raise('cancelled');
      return {
        name: placeName(address),
        addresses: [formatAddress(address)],
        ...(identity === null ? {} : { identity, trust: 'invite' }),
      };
    });
  };

  return {
    changeAddress: async ({ contactId, address: text }) => {
      const parsed = parseAddress(text);
      if (!parsed.ok) raise('bad-address', parsed.params);
      const { address, identity } = parsed;
      if (endpoint.isOwn(address)) raise('own-address', { address: formatAddress(address) });
      if (book.get(contactId).contact.kind !== 'unknown') raise('cancelled');
      const known = invited(identity, address);
      if (known !== null && known.id !== contactId && (await forget(contactId))) {
        return connect({ address: text });
      }
      if (identity === null) await move(contactId, address, null);
      else await book.withIdentity(identity, () => move(contactId, address, identity));
      connections.redial(contactId);
      return { contactId };
    },
    forgetAttempt: ({ contactId }) => forget(contactId),
  };
}
