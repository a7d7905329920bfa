import { z } from 'zod';
import type { Contact, ContactKind, Message, Policy, Settings } from '../../shared/model.ts';
import { PROBLEM_CODES, type Problem } from '../../shared/problem.ts';
import { DEFAULT_PREFERENCES } from '../../shared/settings.ts';
import type { StoreRecord } from './record.ts';

/**
 * The shapes of what is stored and exported, checked when it comes back: a file may have been
 * edited, or damaged. Objects are loose, so that a field which only a later build knows survives.
 */
const id = z.string().min(1).max(200);

const reach = z.enum(['this-computer', 'network']);

/** What an earlier version did not know yet has the value that it behaved by. */
export const settingsSchema: z.ZodType<Settings> = z.looseObject({
  name: z.string(),
  port: z.int(),
  reach: reach.default(DEFAULT_PREFERENCES.reach),
  openContract: reach.default(DEFAULT_PREFERENCES.openContract),
  receipts: z.boolean().default(DEFAULT_PREFERENCES.receipts),
  typing: z.boolean().default(DEFAULT_PREFERENCES.typing),
});

export const contactSchema: z.ZodType<Contact> = z.looseObject({
  id,
  kind: z.enum(
    namesOf<ContactKind>({ unknown: 'unknown', parley: 'parley', open: 'open', guest: 'guest' }),
  ),
  name: z.string(),
  identity: z.string().nullable(),
  trust: z.enum(['none', 'first-use', 'invite', 'verified']).default('none'),
  addresses: z.array(z.string()),
  policy: z.enum(namesOf<Policy>({ request: 'request', accepted: 'accepted', blocked: 'blocked' })),
  /** An earlier version kept no account of where it had reached whom. */
  reached: z.array(z.object({ address: z.string(), at: z.number() })).default([]),
  chosen: z.boolean().default(true),
  pinned: z.boolean().default(false),
  muted: z.boolean().default(false),
  createdAt: z.number(),
});

export const problemSchema: z.ZodType<Problem> = z.looseObject({
  code: z.enum(PROBLEM_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  cause: z.string(),
  next: z.string(),
});

const states = namesOf<Message['state']>({
  queued: 'queued',
  sending: 'sending',
  delivered: 'delivered',
  read: 'read',
  unconfirmed: 'unconfirmed',
  failed: 'failed',
  received: 'received',
});

/** The same check as the schema's, for the rows of a database: there are many. */
export function isState(value: string): value is Message['state'] {
  return Object.hasOwn(states, value);
}

const author = z.enum(['me', 'them']);

const messageSchema = z
  .strictObject({
    id,
    contactId: id,
    author,
    body: z.string().refine((body) => body.isWellFormed(), 'half of a character'),
    sentAt: z.int(),
    state: z.enum(states),
    problem: problemSchema.nullable(),
    replyTo: id.nullable().default(null),
  })
  .refine((it) => (it.author === 'them') === (it.state === 'received'), {
    message: 'the state does not suit the author',
    path: ['state'],
  });

/** One line of an export, after the header. */
export const recordSchema: z.ZodType<StoreRecord> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('counters'), received: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('settings'), settings: settingsSchema }),
  z.strictObject({ type: z.literal('contact'), contact: contactSchema }),
  z.strictObject({ type: z.literal('message'), message: messageSchema, unread: z.boolean() }),
  z.strictObject({ type: z.literal('deleted'), contactId: id, author, id }),
]);

/** All names of a union; the compiler sees to it that none is missing. */
function namesOf<Name extends string>(
  every: Readonly<{ [Each in Name]: Each }>,
): Readonly<{ [Each in Name]: Each }> {
  return every;
}
