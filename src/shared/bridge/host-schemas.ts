import { z } from 'zod';
import { LANGUAGE_TAG, NOTICE_LEVELS, TEXT_SIZES, THEMES } from '../model/preferences.ts';
import { idSchema as contactId } from '../model/schemas.ts';
import type { Schemas } from './channel.ts';
import type { DataCommands } from './data-bridge.ts';
import { type HostCommands, MAX_COPY, MAX_NOTICE_BODY, MAX_NOTICE_TITLE } from './host-bridge.ts';

const count = z.int().nonnegative();

const nothing = z.strictObject({});

export const dataSchemas: Schemas<DataCommands> = {
  dataInfo: nothing,
  exportData: nothing,
  importData: nothing,
};

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
    theme: z.enum(THEMES),
    textSize: z.enum(TEXT_SIZES),
    language: z.string().regex(LANGUAGE_TAG),
    firstRunDone: z.boolean(),
    notifications: z.enum([...NOTICE_LEVELS, 'unset']),
  }),
};
