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
 * Operations on an address that the user has typed: connect to it, and change or forget it as long
 * as no peer has answered there.
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

  /**
   * The contact that an address means: the identity of an invite takes precedence over its host.
   */
  const invited = (identity: Identity | null, address: PeerAddress): Contact | null => {
    const here = book.atAddress(address);
    if (identity === null) return here[0] ?? null;
    return book.byIdentity(identity) ?? here.find((contact) => contact.identity === null) ?? null;
  };

  /** Serializes tasks that look up or set the identity of an invite. */
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
    // It answered there when we last dialled; who answers there now is not known yet.
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

  /** Replaces the address, and pins the identity of an invite. */
  const move = async (
    contactId: ContactId,
    address: PeerAddress,
    identity: Identity | null,
  ): Promise<void> => {
    const owner = identity === null ? null : book.byIdentity(identity);
    if (owner && owner.id !== contactId) raise('identity-known', { name: owner.name });
    await book.update(contactId, (contact) => {
      // A peer has just answered: the contact stays as it is.
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
