import type { ContactId, Conversation } from '../../shared/model/model.ts';
import type { NoticeLevel } from '../preferences/preferences.ts';

/** What a notification is about, before it is put into words. */
export interface NoticeContent {
  readonly contactId: ContactId;
  readonly name: string;
  /** The newest message's text, as it came; null when that is not theirs. */
  readonly text: string | null;
  /** New messages that the notification stands for, at least 1. */
  readonly count: number;
}

/** What is to be done about the notifications on screen. A conversation has one at most. */
export type NoticeStep = { readonly show: NoticeContent } | { readonly withdraw: ContactId };

/** How far a conversation is known. */
interface Known {
  /** The newest message's number, 0 without one. */
  readonly seq: number;
  readonly unread: number;
}

/** A notification that stands. */
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

/** What is told of besides the conversations. */
export interface NoticeCircumstances {
  /** Whether the user is looking at the window. */
  readonly attended: boolean;
  readonly level: NoticeLevel;
  /** The newest message that was there when the core started. */
  readonly arrivedAfter: number;
}

/**
 * What the conversations as they are now mean for the notifications. It goes by whole values, not
 * by events: how many events led here, and whether some were missed, makes no difference.
 *
 * New is a message that is newer than all that is known of its conversation, was not seen in
 * another one (which has been merged into this), and has not been read. For the first call, what
 * was there when the core started is known: the core runs before the page does, and what arrives
 * meanwhile (often much, as friends send what has waited for us) is news as well.
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
    // What it shows has been deleted.
    if (notice && newest(conversation) < notice.seq) withdraw(contact.id);
    else if (notice && notice.count > unread) live.set(contact.id, { ...notice, count: unread });
  }
  const known = new Map(conversations.map((it) => [it.contact.id, knownOf(it)]));
  return { state: { known, live }, steps };
}

/** Withdraws everything: what is shown no longer fits what the user wants to be shown. */
export function withdrawAll(state: NoticeState): {
  readonly state: NoticeState;
  readonly steps: readonly NoticeStep[];
} {
  const steps = [...state.live.keys()].map((it): NoticeStep => ({ withdraw: it }));
  return { state: { ...state, live: new Map() }, steps };
}

/** Whether a conversation ever makes itself heard. Requests wait in silence. */
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
  // Some were read and some are new, in one step. The newest are the unread ones.
  if (lastMessage?.author !== 'them') return 0;
  return more === 0 ? 1 : unread;
}

/** The same for the first call: each number stands for one message at most. */
function countArrived(conversation: Conversation, arrivedAfter: number): number {
  return Math.min(conversation.unread, Math.max(0, newest(conversation) - arrivedAfter));
}

function knownOf(conversation: Conversation): Known {
  return { seq: newest(conversation), unread: conversation.unread };
}

function newest({ lastMessage }: Conversation): number {
  return lastMessage?.seq ?? 0;
}
