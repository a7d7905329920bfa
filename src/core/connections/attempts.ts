import {
  formatAddress,
  type PeerAddress,
  parseAddress,
  placeName,
} from '../../shared/address/address.ts';
import type { ChatHandlers } from '../../shared/bridge/chat-bridge.ts';
import type { Contact, ContactId, Identity } from '../../shared/model/model.ts';
import { raise } from '../../shared/problems/problem.ts';
import { withAddress } from '../contacts/contact-addresses.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { LocalEndpoint } from '../endpoint/local-endpoint.ts';
import type { Connections } from './connections.ts';

interface Deps {
  readonly endpoint: LocalEndpoint;
  readonly book: ContactBook;
  readonly connections: Connections;
}

/**
 * What can be done with an address that the user has typed: connect to it, and change or forget it as
 * long as nobody has answered there.
 */
export function createAttempts({
  endpoint,
  book,
  connections,
}: Deps): Pick<ChatHandlers, 'connect' | 'changeAddress' | 'forgetAttempt'> {
  const read = (text: string) => {
    const parsed = parseAddress(text);
    if (!parsed.ok) raise('bad-address', parsed.params);
    const { address, identity } = parsed;
    if (endpoint.isOwn(address)) raise('own-address', { address: formatAddress(address) });
    return { address, identity };
  };

  /** Whom an address means: an invite's fingerprint decides before the place it names. */
  const invited = (identity: Identity | null, address: PeerAddress): Contact | null => {
    const here = book.atAddress(address);
    if (identity === null) return here[0] ?? null;
    return book.byIdentity(identity) ?? here.find((contact) => contact.identity === null) ?? null;
  };

  /** Runs `task` alone among those that look up or give the identity of an invite. */
  const inTurn = <T>(identity: Identity | null, task: () => Promise<T>): Promise<T> =>
    identity === null ? task() : book.withIdentity(identity, task);

  const connectTo = async (address: PeerAddress, identity: Identity | null): Promise<ContactId> => {
    const known = invited(identity, address);
    if (!known) {
      const added = await book.add({
        kind: 'unknown',
        name: placeName(address),
        identity,
        trust: identity === null ? 'none' : 'invite',
        addresses: [formatAddress(address)],
        policy: 'accepted',
        chosen: true,
      });
      connections.dial(added.id, 'user');
      return added.id;
    }
    if (known.policy === 'blocked') raise('blocked', { name: known.name });
    // It was there when we last dialled; who is there now is not known yet.
    if (identity === null && known.identity !== null) {
      const met = await connections.meet(known.id, address);
      return (await book.update(met, { chosen: true })).id;
    }
    let promised = false;
    await book.update(known.id, (contact) => {
      if (contact.policy === 'blocked') raise('blocked', { name: contact.name });
      promised = contact.identity === null && identity !== null;
      return {
        policy: 'accepted',
        chosen: true,
        addresses: withAddress(contact, address),
        ...(promised ? { kind: 'unknown', identity, trust: 'invite' } : {}),
      };
    });
    if (promised) connections.redial(known.id);
    else connections.retry(known.id);
    return known.id;
  };

  const connect = async (address: PeerAddress, identity: Identity | null) => ({
    contactId: await inTurn(identity, () => connectTo(address, identity)),
  });

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
    connect: async ({ address: text }) => {
      const { address, identity } = read(text);
      return connect(address, identity);
    },
    changeAddress: async ({ contactId, address: text }) => {
      const { address, identity } = read(text);
      if (book.get(contactId).contact.kind !== 'unknown') raise('cancelled');
      const known = invited(identity, address);
      if (known !== null && known.id !== contactId && (await forget(contactId))) {
        return connect(address, identity);
      }
      await inTurn(identity, () => move(contactId, address, identity));
      connections.redial(contactId);
      return { contactId };
    },
    forgetAttempt: ({ contactId }) => forget(contactId),
  };
}
