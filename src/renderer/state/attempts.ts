import { isAttempt } from '../../shared/model/attempt.ts';
import type { ContactId, Conversation } from '../../shared/model/model.ts';
import { type AppState, draftOf } from './app-state.ts';
import { isEmpty } from './drafts.ts';

/** Whether a conversation is no more than an address that somebody typed, with nothing in it. */
export function isMereAttempt({ contact, lastMessage }: Conversation): boolean {
  return isAttempt(contact) && lastMessage === null;
}

/**
 * The conversation that was just left and need not be kept: a mistyped address would stay in the
 * list for ever. What is still being tried, was written to, or pinned by the user stays. Null for none.
 */
export function leftAttempt(before: AppState, now: AppState): ContactId | null {
  const { selected } = before;
  if (selected === null || now.selected === selected) return null;
  const left = now.snapshot?.conversations.find((it) => it.contact.id === selected);
  if (!left || !isMereAttempt(left) || left.contact.pinned) return null;
  const tried = left.link.phase === 'offline' || left.link.phase === 'idle';
  return tried && isEmpty(draftOf(now, selected)) ? selected : null;
}
