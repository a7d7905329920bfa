import { foldedText } from '../../shared/model/fold.ts';
import type {
  ContactId,
  Conversation,
  OwnAddress,
  Self,
  Snapshot,
} from '../../shared/model/model.ts';
import { isMereAttempt } from './attempts.ts';

/** The conversation list, in the parts it is shown in. */
export interface ConversationGroups {
  readonly accepted: readonly Conversation[];
  readonly requests: readonly Conversation[];
  readonly blocked: readonly Conversation[];
}

/** Parts the conversations; in each, pinned ones are first, then the most recently active. */
export function groupConversations(all: readonly Conversation[]): ConversationGroups {
  const sorted = all.toSorted((a, b) => byPin(a, b) || byActivity(a, b));
  return {
    accepted: sorted.filter((it) => it.contact.policy === 'accepted'),
    requests: sorted.filter((it) => it.contact.policy === 'request'),
    blocked: sorted.filter((it) => it.contact.policy === 'blocked'),
  };
}

function byPin(a: Conversation, b: Conversation): number {
  return Number(b.contact.pinned) - Number(a.contact.pinned);
}

/**
 * By our own order of messages, never by the sender's clock, which anybody can set. Contacts with
 * no message yet come first, the newest of them on top: they were added to write to. Addresses that
 * nobody has answered at come last.
 */
function byActivity(a: Conversation, b: Conversation): number {
  const attempts = Number(isMereAttempt(a)) - Number(isMereAttempt(b));
  if (attempts !== 0) return attempts;
  if (a.lastMessage && b.lastMessage) return b.lastMessage.seq - a.lastMessage.seq;
  if (a.lastMessage || b.lastMessage) return a.lastMessage ? 1 : -1;
  return b.contact.createdAt - a.contact.createdAt;
}

const usefulness = { lan: 0, vpn: 1, virtual: 2, 'this-computer': 3 } as const;

/** The own address to show first: the one that most friends can use. Null while there is none. */
export function primaryAddress(self: Self): OwnAddress | null {
  const [best] = self.addresses.toSorted((a, b) => usefulness[a.kind] - usefulness[b.kind]);
  return best ?? null;
}

/** The snapshot as it can be vouched for once the host is gone: nobody is known to be online. */
export function withoutLinks(snapshot: Snapshot): Snapshot {
  const conversations = snapshot.conversations.map(
    (it): Conversation => ({ ...it, link: { phase: 'idle' } }),
  );
  return { ...snapshot, conversations };
}

/** Unread messages of all conversations that may make themselves heard. */
export function totalUnread(all: readonly Conversation[]): number {
  const heard = all.filter(({ contact }) => contact.policy !== 'blocked' && !contact.muted);
  return heard.reduce((sum, it) => sum + it.unread, 0);
}

/** The conversations whose name or address holds every word of `query`, as the list orders them. */
export function conversationsNamed(
  all: readonly Conversation[],
  query: string,
): readonly Conversation[] {
  const words = foldedText(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const { accepted, requests, blocked } = groupConversations(all);
  return [...accepted, ...requests, ...blocked].filter(({ contact }) => {
    const text = foldedText([contact.name, ...contact.addresses].join(' '));
    return words.every((it) => text.includes(it));
  });
}

/**
 * The conversation one step down (1) or up (-1) the list as it is shown; from none, the first or
 * the last. Null at the ends, and for a blocked contact.
 */
export function conversationBeside(
  all: readonly Conversation[],
  selected: ContactId | null,
  step: 1 | -1,
): ContactId | null {
  const { requests, accepted } = groupConversations(all);
  const shown = [...requests, ...accepted];
  const at = shown.findIndex((it) => it.contact.id === selected);
  if (at < 0) return shown.at(step === 1 ? 0 : -1)?.contact.id ?? null;
  return at + step < 0 ? null : (shown[at + step]?.contact.id ?? null);
}
