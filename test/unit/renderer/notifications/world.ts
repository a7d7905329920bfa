import type { Contact, Conversation, Message } from '../../../../src/shared/model/model.ts';

/** A conversation as the core would tell of it. */
export interface Told {
  readonly id: string;
  readonly messages: readonly { readonly seq: number; readonly author: 'me' | 'them' }[];
  /** Everything up to this number has been read. */
  readonly readUpTo: number;
  readonly policy: Contact['policy'];
  readonly muted: boolean;
}

export const NEW_CONTACT: Omit<Told, 'id'> = {
  messages: [],
  readUpTo: 0,
  policy: 'accepted',
  muted: false,
};

/** The conversation that the page knows of it. */
export function conversationOf({ id, messages, readUpTo, policy, muted }: Told): Conversation {
  const contact: Contact = {
    id,
    kind: 'parley',
    name: `Name of ${id}`,
    identity: null,
    trust: 'first-use',
    addresses: [],
    policy,
    reached: [],
    claimed: [],
    chosen: true,
    pinned: false,
    muted,
    createdAt: 0,
  };
  const unread = messages.filter((it) => it.author === 'them' && it.seq > readUpTo).length;
  const last = messages.at(-1);
  return { contact, link: { phase: 'idle' }, unread, lastMessage: last ? message(id, last) : null };
}

function message(
  contactId: string,
  { seq, author }: { readonly seq: number; readonly author: 'me' | 'them' },
): Message {
  return {
    id: `message ${seq}`,
    contactId,
    author,
    body: `Text ${seq}`,
    sentAt: 0,
    seq,
    state: author === 'me' ? 'delivered' : 'received',
    problem: null,
    replyTo: null,
  };
}
