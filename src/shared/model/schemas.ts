import { z } from 'zod';
import { isIdentity } from '../address/identity-text.ts';
import { isUuid } from './ids.ts';
import { DEFAULT_LIMITS, MAX_CONTACT_NAME } from './limits.ts';
import { REACHES, type Settings } from './model.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { nameProblem, storedName } from './text.ts';
import { isTime, MAX_TIME } from './time.ts';

/**
 * The schemas of an id, an identity, a name, a time and settings: the same for the bridge, the
 * wire, the store and imported files. The page must not load this file: it brings zod.
 */
export const idSchema = z.string().refine(isUuid, 'not an id');

export const identitySchema = z.string().refine(isIdentity, 'not an identity');

/** Unix milliseconds. */
export const timeSchema = z
  .number()
  .refine(isTime, `not a time from 0 to ${MAX_TIME} (Unix milliseconds)`);

/** A port that can be dialled. */
export const portSchema = z.int().min(1).max(65_535);

export const reachSchema = z.enum(REACHES);

/** A contact's name: as `displayName` leaves them, or an address in its place. */
export const contactNameSchema = z.string().transform((name, context) => {
  const clean = storedName(name, { nameBytes: MAX_CONTACT_NAME });
  if (clean !== null) return clean;
  context.addIssue({ code: 'custom', message: 'not a name that can be shown' });
  return z.NEVER;
});

/** Our own name. */
export const ownNameSchema = z
  .string()
  .refine((name) => nameProblem(name, DEFAULT_LIMITS) === null, 'not a name');

/**
 * Stored settings; 0 is any free port. Fields that an earlier version did not have get defaults.
 */
export const settingsSchema: z.ZodType<Settings> = z.looseObject({
  name: ownNameSchema,
  port: z.int().min(0).max(65_535),
  reach: reachSchema.default(DEFAULT_SETTINGS.reach),
  openContract: reachSchema.default(DEFAULT_SETTINGS.openContract),
  receipts: z.boolean().default(DEFAULT_SETTINGS.receipts),
  typing: z.boolean().default(DEFAULT_SETTINGS.typing),
});
