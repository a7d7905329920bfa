import type { Store } from '../../src/core/storage/store.ts';
import type { Contact } from '../../src/shared/model/model.ts';

/** A contact that only has to be there. */
export function benchContact(about: Pick<Contact, 'id' | 'name'> & Partial<Contact>): Contact {
  return {
    kind: 'guest',
    identity: null,
    trust: 'none',
    addresses: [],
    policy: 'accepted',
    reached: [],
    claimed: [],
    chosen: true,
    pinned: false,
    muted: false,
    createdAt: 0,
    ...about,
  };
}

/** Whom the messages of a store without a peer belong to. */
export async function addOtherSide(store: Store): Promise<Contact['id']> {
  const contact = benchContact({ id: 'c0000000-0000-7000-8000-000000000009', name: 'Other side' });
  await store.saveContact(contact);
  return contact.id;
}
