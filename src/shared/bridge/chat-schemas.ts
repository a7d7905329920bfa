import { z } from 'zod';
import { idSchema as id, identitySchema, reachSchema as reach } from '../model/schemas.ts';
import type { Schemas } from './channel.ts';
import type { ChatCommands } from './chat-bridge.ts';

/** The longest text any command takes, in UTF-16 units; the exact limits are checked by the core. */
const MAX_TEXT = 1_000_000;

/** What each command of the core takes. */
export function makeChatSchemas(): Schemas<ChatCommands> {
  const text = z.string().max(MAX_TEXT);
  return {
    snapshot: z.strictObject({}),
    messages: z.strictObject({
      contactId: id,
      before: z.int().nonnegative().nullable(),
      after: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500),
    }),
    message: z.strictObject({ contactId: id, messageId: id }),
    search: z.strictObject({
      query: text,
      contactId: id.nullable(),
      before: z.int().nonnegative().nullable(),
      limit: z.int().min(1).max(500),
    }),
    connect: z.strictObject({ address: text }),
    changeAddress: z.strictObject({ contactId: id, address: text }),
    forgetAttempt: z.strictObject({ contactId: id }),
    retry: z.strictObject({ contactId: id }),
    send: z.strictObject({ contactId: id, id, body: text, replyTo: id.nullable().optional() }),
    saveDraft: z.strictObject({
      contactId: id,
      draft: z.strictObject({ body: text, replyTo: id.nullable() }).nullable(),
    }),
    sendAgain: z.strictObject({ contactId: id, messageId: id }),
    deleteMessage: z.strictObject({
      contactId: id,
      author: z.enum(['me', 'them']),
      messageId: id,
    }),
    deleteConversation: z.strictObject({ contactId: id }),
    deleteEverything: z.strictObject({}),
    markRead: z.strictObject({ contactId: id, seq: z.int().nonnegative() }),
    setPolicy: z.strictObject({
      contactId: id,
      policy: z.enum(['request', 'accepted', 'blocked']),
      really: z.boolean().optional(),
    }),
    removeContact: z.strictObject({ contactId: id }),
    updateSettings: z.strictObject({
      name: text.optional(),
      port: z.number().optional(),
      reach: reach.optional(),
      openContract: reach.optional(),
      receipts: z.boolean().optional(),
      typing: z.boolean().optional(),
    }),
    setPaused: z.strictObject({ paused: z.boolean() }),
    acceptIdentity: z.strictObject({
      contactId: id,
      identity: identitySchema,
      merge: z.boolean().optional(),
    }),
    setVerified: z.strictObject({ contactId: id, verified: z.boolean() }),
    arrange: z.strictObject({
      contactId: id,
      pinned: z.boolean().optional(),
      muted: z.boolean().optional(),
    }),
    watchWire: z.strictObject({ contactId: id, on: z.boolean() }),
    wireLog: z.strictObject({ contactId: id, after: z.int().nonnegative() }),
    typing: z.strictObject({ contactId: id }),
    diagnose: z.strictObject({ address: text }),
  };
}
