import { z } from 'zod';
import { LANGUAGE_TAG, NOTICE_LEVELS, TEXT_SIZES, THEMES } from '../model/preferences.ts';
import { idSchema as contactId } from '../model/schemas.ts';
import {
  type HostCommandName,
  type HostInput,
  MAX_NOTICE_BODY,
  MAX_NOTICE_TITLE,
} from './host-bridge.ts';

const count = z.int().nonnegative();

/** What a host takes from its page; everything is unknown until parsed. */
export const hostSchemas: { readonly [Name in HostCommandName]: z.ZodType<HostInput<Name>> } = {
  notify: z.strictObject({
    contactId,
    title: z.string().min(1).max(MAX_NOTICE_TITLE),
    body: z.string().max(MAX_NOTICE_BODY),
    count: count.min(1),
  }),
  withdrawNotice: z.strictObject({ contactId }),
  setUnread: z.strictObject({ count }),
  noticeAccess: z.strictObject({}),
  askNoticeAccess: z.strictObject({}),
  savePreferences: z.strictObject({
    theme: z.enum(THEMES),
    textSize: z.enum(TEXT_SIZES),
    language: z.string().regex(LANGUAGE_TAG),
    firstRunDone: z.boolean(),
    notifications: z.enum([...NOTICE_LEVELS, 'unset']),
  }),
};
