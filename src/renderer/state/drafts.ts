import type { MessageId } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';

/** What the user has typed in one conversation and not sent. */
export interface Draft {
  readonly text: string;
  /** Why the last attempt to send it failed. */
  readonly problem: Problem | null;
  /**
   * The attempt whose outcome was a failure. Sending the same text again reuses its id, so that a
   * message whose answer got lost on the way is not sent twice.
   */
  readonly failed: { readonly id: MessageId; readonly body: string } | null;
}

export const EMPTY_DRAFT: Draft = { text: '', problem: null, failed: null };

/** The draft after typing. */
export function typed(draft: Draft, text: string): Draft {
  return { ...draft, text, problem: draft.text === text ? draft.problem : null };
}

/** The id to send the draft's text under: that of a failed attempt with this very text, or new. */
export function idToSend(draft: Draft, makeId: () => MessageId): MessageId {
  return draft.failed?.body === draft.text ? draft.failed.id : makeId();
}

/** The draft after its text was handed over. */
export function submitted(draft: Draft): Draft {
  return { ...EMPTY_DRAFT, failed: draft.failed };
}

/** The draft after a send failed: the text comes back, before anything typed since. */
export function sendFailed(
  draft: Draft,
  attempt: { readonly id: MessageId; readonly body: string },
  problem: Problem,
): Draft {
  const text = draft.text === '' ? attempt.body : `${attempt.body}\n${draft.text}`;
  return { text, problem, failed: attempt };
}

/** The draft once the core is known to hold message `id`: a text that came back too early goes. */
export function accepted(draft: Draft, id: MessageId): Draft {
  if (draft.failed?.id !== id) return draft;
  return draft.text === draft.failed.body ? EMPTY_DRAFT : { ...draft, failed: null };
}
