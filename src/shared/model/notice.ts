import type { ContactId } from './model.ts';

/** A notification of the system. All text is plain, one line, and already in the user's language. */
export interface Notice {
  /** There is one notification for a contact: the next takes its place. */
  readonly contactId: ContactId;
  readonly title: string;
  readonly body: string;
  /** New messages that it stands for. */
  readonly count: number;
}

/** The longest title and body that a host takes, in UTF-16 units. */
export const MAX_NOTICE_TITLE = 1_000;
export const MAX_NOTICE_BODY = 4_000;

/** Notifications that stand at once; the oldest goes when there are more. */
export const MAX_NOTICES = 20;

/**
 * Whether notifications can be shown.
 * - `granted`: they are shown (as far as the system lets any program's be seen)
 * - `ask`: the user has to be asked first
 * - `denied`: the user or the browser has said no
 * - `unsupported`: this system or browser has none
 */
export type NoticeAccess = 'granted' | 'ask' | 'denied' | 'unsupported';
