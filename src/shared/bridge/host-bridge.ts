import { z } from 'zod';
import type { ContactId } from '../model/model.ts';
import {
  MAX_NOTICE_BODY,
  MAX_NOTICE_TITLE,
  type Notice,
  type NoticeAccess,
} from '../model/notice.ts';
import {
  LANGUAGE_TAG,
  NOTICE_LEVELS,
  type Preferences,
  TEXT_SIZES,
  THEMES,
} from '../model/preferences.ts';
import { idSchema as contactId } from '../model/schemas.ts';
import type { Schemas } from './channel.ts';

/** The longest text that is put on the clipboard, in UTF-16 units. */
const MAX_COPY = 1_000_000;

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
  /**
   * Keeps changes of how the page looks, for the next one: it is served with it. Only what changed, as
   * another page may have changed the rest.
   */
  savePreferences(input: Partial<Preferences>): null;
}

/** What a host tells its page: the user wants to see a conversation, as a notification was clicked. */
export interface HostEvent {
  readonly type: 'open-conversation';
  readonly contactId: ContactId;
}

const count = z.int().nonnegative();

const nothing = z.strictObject({});

/** What a host takes from its page. */
export const hostSchemas: Schemas<HostCommands> = {
  notify: z.strictObject({
    contactId,
    title: z.string().min(1).max(MAX_NOTICE_TITLE),
    body: z.string().max(MAX_NOTICE_BODY),
    count: count.min(1),
  }),
  withdrawNotice: z.strictObject({ contactId }),
  setUnread: z.strictObject({ count }),
  noticeAccess: nothing,
  askNoticeAccess: nothing,
  copyText: z.strictObject({ text: z.string().max(MAX_COPY) }),
  // `externalLink` judges it.
  openExternal: z.strictObject({ url: z.string().max(MAX_COPY) }),
  savePreferences: z.strictObject({
    theme: z.enum(THEMES).exactOptional(),
    textSize: z.enum(TEXT_SIZES).exactOptional(),
    language: z.string().regex(LANGUAGE_TAG).exactOptional(),
    firstRunDone: z.boolean().exactOptional(),
    notifications: z.enum([...NOTICE_LEVELS, 'unset']).exactOptional(),
  }),
};
