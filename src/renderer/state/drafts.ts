import type { MessageId, SavedDraft } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';

/** A message on its way to the core. */
export interface Attempt {
  readonly id: MessageId;
  readonly body: string;
  readonly replyTo: MessageId | null;
}

/** What the user has typed in one conversation and not sent. */
export interface Draft {
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo: MessageId | null;
  /** Why the last attempt to send it failed. */
  readonly problem: Problem | null;
  /**
   * The attempt whose outcome was a failure. Sending the same text again reuses its id, so that a
   * message whose answer got lost on the way is not sent twice.
   */
  readonly failed: Attempt | null;
  /** What was handed over, and may still come back. Oldest first. */
  readonly sending: readonly Attempt[];
}

export const EMPTY_DRAFT: Draft = {
  text: '',
  replyTo: null,
  problem: null,
  failed: null,
  sending: [],
};

/** Whether nothing of the user's is in it: nothing typed, nothing answered, nothing on its way. */
export function isEmpty({ text, replyTo, sending }: Draft): boolean {
  return text.trim() === '' && replyTo === null && sending.length === 0;
}

/** The draft after typing. */
export function typed(draft: Draft, text: string): Draft {
  return { ...draft, text, problem: draft.text === text ? draft.problem : null };
}

/** The draft as an answer to a message, or to none. */
export function answering(draft: Draft, replyTo: MessageId | null): Draft {
  return draft.replyTo === replyTo ? draft : { ...draft, replyTo };
}

/** The draft's text under an id: that of a failed attempt with this very text, or a new one. */
export function attemptOf(draft: Draft, makeId: () => MessageId): Attempt {
  const { failed, text, replyTo } = draft;
  if (failed !== null && failed.body === text && failed.replyTo === replyTo) return failed;
  return { id: makeId(), body: text, replyTo };
}

/** The draft after its text was handed over. */
export function submitted(draft: Draft, attempt: Attempt): Draft {
  return { ...EMPTY_DRAFT, failed: draft.failed, sending: [...draft.sending, attempt] };
}

/** The draft after a send failed: the text comes back, before anything typed since. */
export function sendFailed(draft: Draft, attempt: Attempt, problem: Problem): Draft {
  return {
    text: joined([attempt.body, draft.text]),
    replyTo: draft.replyTo ?? attempt.replyTo,
    problem,
    failed: attempt,
    sending: draft.sending.filter((it) => it.id !== attempt.id),
  };
}

/** The draft once the core is known to hold message `id`: a text that came back too early goes. */
export function accepted(draft: Draft, id: MessageId): Draft {
  const sending = draft.sending.some((it) => it.id === id)
    ? draft.sending.filter((it) => it.id !== id)
    : draft.sending;
  if (draft.failed?.id !== id) return sending === draft.sending ? draft : { ...draft, sending };
  const rest: Draft = { ...draft, sending, failed: null };
  if (draft.text !== draft.failed.body) return rest;
  return { ...rest, text: '', replyTo: null, problem: null };
}

/**
 * What must outlive the page: also what was handed over and not yet accepted. Null where there is
 * nothing. The core empties it by itself when it accepts this very text.
 */
export function toSave(draft: Draft): SavedDraft | null {
  const body = joined([...draft.sending.map((it) => it.body), draft.text]);
  const replyTo = draft.replyTo ?? draft.sending[0]?.replyTo ?? null;
  return body === '' && replyTo === null ? null : { body, replyTo };
}

/** The draft as the core has it. */
export function withSaved(draft: Draft, saved: SavedDraft | null): Draft {
  const { body: text, replyTo } = saved ?? { body: '', replyTo: null };
  return { ...typed(draft, text), replyTo };
}

export function isSame(one: SavedDraft | null, other: SavedDraft | null): boolean {
  return one?.body === other?.body && one?.replyTo === other?.replyTo;
}

function joined(texts: readonly string[]): string {
  return texts.filter((it) => it !== '').join('\n');
}
