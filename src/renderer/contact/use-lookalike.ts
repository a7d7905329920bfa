import { useMemo } from 'react';
import { type Lookalike, lookalikesOf } from '../../shared/model/lookalikes.ts';
import type { Contact, Conversation, LinkState } from '../../shared/model/model.ts';

export interface KnownLookalike extends Lookalike {
  /** Whether the known contact is connected now. */
  readonly online: boolean;
}

/** The contact that a request resembles; null if none. */
export function useLookalike(
  contact: Contact,
  all: readonly Conversation[],
): KnownLookalike | null {
  return useMemo(() => lookalikeAmong(contact, all), [contact, all]);
}

/** The same, for a list. */
export function lookalikeAmong(
  contact: Contact,
  all: readonly Conversation[],
): KnownLookalike | null {
  if (contact.policy === 'accepted') return null;
  const [like] = lookalikesOf(
    contact,
    all.map((it) => it.contact),
  );
  if (!like) return null;
  const link = all.find((it) => it.contact.id === like.contact.id)?.link;
  return { ...like, online: link?.phase === 'online' };
}

/** The other contact that has the key which answered in a contact's place; null if none. */
export function ownerOf(
  link: LinkState,
  contact: Contact,
  all: readonly Conversation[],
): Contact | null {
  if (link.phase !== 'offline' || link.foundIdentity === undefined) return null;
  const owner = all.find((it) => it.contact.identity === link.foundIdentity);
  return owner && owner.contact.id !== contact.id ? owner.contact : null;
}
