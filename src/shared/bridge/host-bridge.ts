import type { ContactId } from '../model/model.ts';
import type { Preferences } from '../model/preferences.ts';

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

/** The longest text that is put on the clipboard, in UTF-16 units. */
export const MAX_COPY = 1_000_000;

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

/** What the page asks of the host around it. Each host has its own way. */
export interface HostCommands {
  /** Shows a notification, in place of the one that the contact may have. */
  notify(input: Notice): null;
  /** Takes a contact's notification away, if there is one. */
  withdrawNotice(input: { contactId: ContactId }): null;
  /** Shows at the app's icon how much is unread; 0: nothing. */
  setUnread(input: { count: number }): null;
  noticeAccess(input: Record<string, never>): NoticeAccess;
  /** Asks the user, where that is necessary; only by the user's own click. */
  askNoticeAccess(input: Record<string, never>): NoticeAccess;
  /** Puts text on the clipboard; in Electron the page itself has no permission to. */
  copyText(input: { text: string }): null;
  /**
   * Opens a web page in the system's browser. Only what `externalLink` accepts, and only when the user
   * has asked for this very address.
   */
  openExternal(input: { url: string }): null;
  /** Keeps how the page looks, for the next one: it is served with it. */
  savePreferences(input: Preferences): null;
}

/** What a host tells its page: the user wants to see a conversation, as a notification was clicked. */
export interface HostEvent {
  readonly type: 'open-conversation';
  readonly contactId: ContactId;
}
