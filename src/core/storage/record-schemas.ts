import { z } from 'zod';
import { formatAddress, parseAddress } from '../../shared/address/address.ts';
import { DELIVERY_STATES } from '../../shared/model/delivery.ts';
import {
  CONTACT_KINDS,
  type Contact,
  type ContactKind,
  type Message,
  POLICIES,
  type SavedDraft,
  TRUSTS,
} from '../../shared/model/model.ts';
import {
  contactNameSchema,
  identitySchema,
  settingsSchema,
  timeSchema,
} from '../../shared/model/schemas.ts';
import { utf8Length } from '../../shared/model/text.ts';
import { PROBLEM_CODES, type Problem } from '../../shared/problems/problem.ts';
import { MAX_FOREIGN_ID, ownId } from './own-id.ts';

/**
 * The schemas of stored and exported records, validated when read: a file may have been edited,
 * damaged, or made by another program (docs/EXPORT.md says what is valid). Objects are loose, so
 * that fields of later versions survive.
 */
const id = z.string().min(1).max(MAX_FOREIGN_ID).transform(ownId);

/** Addresses that one contact may have in a file. */
const MAX_ADDRESSES = 64;
/**
 * UTF-8 bytes of a body in a file: more than can be sent, as another version may have allowed it,
 * and no history is refused for it.
 */
export const MAX_BODY = 1_000_000;
/** Length of a guest's address, UTF-16 units: where it called from, which need not be dialable. */
const MAX_GUEST_ADDRESS = 300;

/** A contact's address in canonical form; null when it is invalid. */
export function contactAddress(text: string, kind: ContactKind): string | null {
  const parsed = parseAddress(text);
  if (kind !== 'guest') return parsed.ok ? formatAddress(parsed.address) : null;
  return /^[^\s\p{C}]+$/u.test(text) && text.length <= MAX_GUEST_ADDRESS ? text : null;
}

/** Where a contact has answered, and when. Missing in earlier versions. */
export const reachedSchema = z.object({ address: z.string(), at: timeSchema });

/** Half-typed text may be half of a character; `null` and whatever is no draft is none. */
export const draftSchema: z.ZodType<SavedDraft | undefined> = z
  .object({ body: z.string().max(MAX_BODY), replyTo: id.nullable() })
  .optional()
  .catch(undefined);

export const contactSchema: z.ZodType<Contact> = z
  .looseObject({
    id,
    kind: z.enum(CONTACT_KINDS),
    name: contactNameSchema,
    identity: identitySchema.nullable(),
    trust: z.enum(TRUSTS).default('none'),
    addresses: z.array(z.string()).max(MAX_ADDRESSES),
    policy: z.enum(POLICIES),
    reached: reachedSchema.array().default([]),
    claimed: z.array(z.string()).default([]),
    chosen: z.boolean().default(true),
    pinned: z.boolean().default(false),
    muted: z.boolean().default(false),
    earlierKeyUpTo: id.optional(),
    draft: draftSchema,
    createdAt: timeSchema,
  })
  .transform((contact, context) => ({
    ...contact,
    addresses: contact.addresses.map((text, index) => {
      const address = contactAddress(text, contact.kind);
      if (address !== null) return address;
      context.addIssue({ code: 'custom', path: ['addresses', index], message: 'not an address' });
      return z.NEVER;
    }),
  }));

export const problemSchema: z.ZodType<Problem> = z.looseObject({
  code: z.enum(PROBLEM_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  cause: z.string(),
  next: z.string(),
});

const STATES: readonly Message['state'][] = [...DELIVERY_STATES, 'received'];
const known: ReadonlySet<unknown> = new Set(STATES);

/** The same check as the schema's, for the rows of a database: there are many. */
export function isState(value: unknown): value is Message['state'] {
  return known.has(value);
}

const author = z.enum(['me', 'them']);

const messageSchema = z
  .strictObject({
    id,
    contactId: id,
    author,
    body: z
      .string()
      .refine((body) => body.isWellFormed(), 'half of a character')
      .refine((body) => utf8Length(body) <= MAX_BODY, `more than ${MAX_BODY} bytes`),
    sentAt: timeSchema,
    state: z.enum(STATES),
    problem: problemSchema.nullable(),
    replyTo: id.nullable().default(null),
  })
  .refine((it) => (it.author === 'them') === (it.state === 'received'), {
    message: 'the state does not suit the author',
    path: ['state'],
  });

/**
 * One line of an export, after the header; ids of other programs are mapped to ours. The position of a
 * message among the others is its order; `seq` is left out because each store assigns its own.
 */
export const recordSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('counters'), received: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('settings'), settings: settingsSchema }),
  z.strictObject({ type: z.literal('contact'), contact: contactSchema }),
  // `unread`: an incoming message that we have not read yet.
  z.strictObject({ type: z.literal('message'), message: messageSchema, unread: z.boolean() }),
  // A message that the user deleted: remembered so that a late duplicate does not bring it back.
  z.strictObject({ type: z.literal('deleted'), contactId: id, author, id }),
]);

/** One record of a store, as exported and imported. */
export type StoreRecord = z.infer<typeof recordSchema>;
