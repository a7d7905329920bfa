import type { ContactId } from '../model/model.ts';
import type { Preferences } from '../model/preferences.ts';
import type { Outcome, Unsubscribe } from './outcome.ts';

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
  /** Keeps how the page looks, for the next one: it is served with it. */
  savePreferences(input: Preferences): null;
}

export type HostCommandName = keyof HostCommands;

const everyHostCommand: Readonly<Record<HostCommandName, true>> = {
  notify: true,
  withdrawNotice: true,
  setUnread: true,
  noticeAccess: true,
  askNoticeAccess: true,
  savePreferences: true,
};

/** The names of all of them, for building the two ends of a bridge. */
export const HOST_COMMAND_NAMES = Object.keys(everyHostCommand) as readonly HostCommandName[];

export type HostInput<Name extends HostCommandName> = Parameters<HostCommands[Name]>[0];
export type HostOutput<Name extends HostCommandName> = ReturnType<HostCommands[Name]>;

/** The part of the bridge that is about the user's desktop, not about the core. */
export type HostBridge = {
  readonly [Name in HostCommandName]: (
    input: HostInput<Name>,
  ) => Promise<Outcome<HostOutput<Name>>>;
} & {
  /** Calls `listener` when the user wants to see a conversation: a notification was clicked. */
  readonly onOpenConversation: (listener: (contactId: ContactId) => void) => Unsubscribe;
};
