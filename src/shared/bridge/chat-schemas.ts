import { z } from 'zod';
import { idSchema as id, identitySchema, reachSchema as reach } from '../model/schemas.ts';
import { ProblemError, problemOf, raise } from '../problems/problem.ts';
import { reason } from '../problems/problem-reasons.ts';
import type { ChatHandlers, CommandInput, CommandName } from './chat-bridge.ts';
import type { Outcome } from './outcome.ts';

/** The longest text any command takes, in UTF-16 units; the exact limits are checked by the core. */
const MAX_TEXT = 1_000_000;

/** The longest explanation of a refused input, in UTF-16 units. */
const MAX_REASON = 200;

type Schemas = { readonly [Name in CommandName]: z.ZodType<CommandInput<Name>> };

let made: Schemas | null = null;

/** What each command takes. Made when it is first asked for: making it is felt in a start. */
function schemas(): Schemas {
  made ??= makeSchemas();
  return made;
}

function makeSchemas(): Schemas {
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

/**
 * The host's end of a bridge: takes a command's name and input as they came (unknown until parsed),
 * calls the handler, and turns every outcome into plain data. Never throws.
 */
export function createDispatcher(
  handlers: ChatHandlers,
  onUnexpected: (error: unknown) => void,
): (name: unknown, input: unknown) => Promise<Outcome<unknown>> {
  const run = async <Name extends CommandName>(name: Name, input: unknown): Promise<unknown> => {
    const parsed = schemas()[name].safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      // The caller's own words may be in both, of any length.
      const field = (issue?.path.join('.') ?? '').slice(0, MAX_REASON);
      const detail = (issue?.message ?? 'invalid').slice(0, MAX_REASON - field.length);
      raise('bad-input', reason('command-input', { command: name, field, detail }));
    }
    return handlers[name](parsed.data);
  };
  return async (name, input) => {
    try {
      if (typeof name !== 'string' || !Object.hasOwn(schemas(), name)) {
        raise('bad-input', reason('command-unknown'));
      }
      return { ok: true, value: await run(name as CommandName, input) };
    } catch (error) {
      if (!(error instanceof ProblemError)) onUnexpected(error);
      return { ok: false, problem: problemOf(error) };
    }
  };
}
