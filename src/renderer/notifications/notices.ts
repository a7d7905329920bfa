import type { ContactId, Conversation } from '../../shared/model/model.ts';
import type { NoticeLevel } from '../../shared/model/preferences.ts';

/** The content of a notification, before it is formatted. */
export interface NoticeContent {
  readonly contactId: ContactId;
  readonly name: string;
  /** The newest message's text, unchanged; null when that is our own. */
  readonly text: string | null;
  /** New messages covered by the notification, at least 1. */
  readonly count: number;
}

/** A change to the notifications on screen. A conversation has one at most. */
export type NoticeStep = { readonly show: NoticeContent } | { readonly withdraw: ContactId };

/** How far a conversation has been processed. */
interface Known {
  /** The newest message's number, 0 without one. */
  readonly seq: number;
  readonly unread: number;
}

/** A notification on screen. */
interface Live {
  readonly count: number;
  /** The message that it was shown for. */
  readonly seq: number;
}

export interface NoticeState {
  /** Null before the first snapshot. */
  readonly known: ReadonlyMap<ContactId, Known> | null;
  readonly live: ReadonlyMap<ContactId, Live>;
}

export const NO_NOTICES: NoticeState = { known: null, live: new Map() };

/** The inputs besides the conversations. */
export interface NoticeCircumstances {
  /** Whether the user is looking at the window. */
  readonly attended: boolean;
  readonly level: NoticeLevel;
  /** The newest message that was there when the core started. */
  readonly arrivedAfter: number;
}

/**
 * Derives notifications from the current conversations. It compares whole states, not events: how
 * many events led here, and whether some were missed, makes no difference.
 *
 * A message is new if it is newer than everything known of its conversation, was not seen in
 * another one (which has been merged into this), and has not been read. At the first call, what
 * existed when the core started is known: the core runs before the page does, and messages that
 * arrive meanwhile (often many, as friends send what was pending for us) are new as well.
 */
export function followNotices(
  before: NoticeState,
  conversations: readonly Conversation[],
  { attended, level, arrivedAfter }: NoticeCircumstances,
): { readonly state: NoticeState; readonly steps: readonly NoticeStep[] } {
  const live = new Map(before.live);
  const steps: NoticeStep[] = [];
  const present = new Set(conversations.map((it) => it.contact.id));
  const seen = new Set([...(before.known?.values() ?? [])].map((it) => it.seq));
  const withdraw = (contactId: ContactId) => {
    if (live.delete(contactId)) steps.push({ withdraw: contactId });
  };
  for (const id of before.live.keys()) if (!present.has(id)) withdraw(id);
  for (const conversation of conversations) {
    const { contact, lastMessage, unread } = conversation;
    const notice = live.get(contact.id);
    if (level === 'off' || !mayNotify(conversation) || unread === 0) {
      withdraw(contact.id);
      continue;
    }
    if (!attended) {
      const fresh =
        before.known === null
          ? countArrived(conversation, arrivedAfter)
          : countNew(conversation, before.known.get(contact.id), seen);
      if (fresh > 0) {
        const count = Math.min(unread, (notice?.count ?? 0) + fresh);
        live.set(contact.id, { count, seq: newest(conversation) });
        const text = lastMessage?.author === 'them' ? lastMessage.body : null;
        steps.push({ show: { contactId: contact.id, name: contact.name, text, count } });
        continue;
      }
    }
    // Its message has been deleted.
    if (notice && newest(conversation) < notice.seq) withdraw(contact.id);
    else if (notice && notice.count > unread) live.set(contact.id, { ...notice, count: unread });
  }
  const known = new Map(conversations.map((it) => [it.contact.id, knownOf(it)]));
  return { state: { known, live }, steps };
}

/** Withdraws everything: notifications on screen no longer match the user's choice. */
export function withdrawAll(state: NoticeState): {
  readonly state: NoticeState;
  readonly steps: readonly NoticeStep[];
} {
  const steps = [...state.live.keys()].map((it): NoticeStep => ({ withdraw: it }));
  return { state: { ...state, live: new Map() }, steps };
}

/** Whether a conversation gives notifications at all. Requests do not. */
function mayNotify({ contact }: Conversation): boolean {
  return contact.policy === 'accepted' && !contact.muted;
}

/** How many of the unread messages are new. */
function countNew(
  conversation: Conversation,
  known: Known | undefined,
  seen: ReadonlySet<number>,
): number {
  const seq = newest(conversation);
  if (seq <= (known?.seq ?? 0) || seen.has(seq)) return 0;
  const { unread, lastMessage } = conversation;
  const more = unread - (known?.unread ?? 0);
  if (more > 0) return more;
  // Some were read and some are new, in one update. The newest are the unread ones.
  if (lastMessage?.author !== 'them') return 0;
  return more === 0 ? 1 : unread;
}

/** The same for the first call: each number counts for one message at most. */
function countArrived(conversation: Conversation, arrivedAfter: number): number {
  return Math.min(conversation.unread, Math.max(0, newest(conversation) - arrivedAfter));
}

function knownOf(conversation: Conversation): Known {
  return { seq: newest(conversation), unread: conversation.unread };
}

function newest({ lastMessage }: Conversation): number {
  return lastMessage?.seq ?? 0;
}
