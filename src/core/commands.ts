import type { ChatHandlers, CommandInput } from '../shared/bridge/chat-bridge.ts';
import type { Diagnosis } from '../shared/model/diagnosis.ts';
import type { Limits } from '../shared/model/limits.ts';
import type { ContactId, Message, SavedDraft } from '../shared/model/model.ts';
import { messageProblem, utf8Length } from '../shared/model/text.ts';
import { ProblemError, problemOf, raise } from '../shared/problems/problem.ts';
import type { EventLog } from './base/event-log.ts';
import type { World } from './base/world.ts';
import { createAttempts } from './connections/attempts.ts';
import type { Connections } from './connections/connections.ts';
import type { FrameRecorder } from './connections/frame-recorder.ts';
import type { ContactBook } from './contacts/contact-book.ts';
import type { LocalEndpoint } from './endpoint/local-endpoint.ts';
import { deliveryChange } from './messages/delivery-change.ts';
import type { Messages } from './messages/messages.ts';
import type { Outbox } from './messages/outbox.ts';
import type { Signals } from './messages/receipts-and-typing.ts';
import type { Trust } from './trust.ts';

export interface CommandsDeps {
  readonly world: World;
  readonly limits: Limits;
  readonly events: EventLog;
  readonly endpoint: LocalEndpoint;
  readonly book: ContactBook;
  readonly messages: Messages;
  readonly outbox: Outbox;
  readonly signals: Signals;
  readonly recorder: FrameRecorder;
  readonly connections: Connections;
  readonly trust: Trust;
  readonly diagnose: (address: string) => Promise<Diagnosis>;
}

/** The user's commands, as one typed object for every host. */
export function createCommands(deps: CommandsDeps): ChatHandlers {
  const {
    world,
    limits,
    events,
    endpoint,
    book,
    messages,
    outbox,
    signals,
    recorder,
    connections,
  } = deps;
  const { trust } = deps;

  const send = async (input: CommandInput<'send'>): Promise<Message> => {
    try {
      return await sendTo(input.contactId, input);
    } catch (error) {
      // The contact may just have been merged into another one.
      const gone = problemOf(error).code === 'unknown-contact';
      const successor = gone ? await book.successor(input.contactId) : null;
      if (successor === null) throw error;
      return sendTo(successor, input);
    }
  };

  const sendTo = async (contactId: ContactId, input: CommandInput<'send'>): Promise<Message> => {
    const { id, body, replyTo = null } = input;
    const { contact } = book.get(contactId);
    if (contact.kind === 'guest') raise('cannot-answer', { name: contact.name });
    if (contact.policy === 'blocked') raise('blocked', { name: contact.name });
    const refusal = messageProblem(body, limits);
    if (refusal) throw new ProblemError(refusal);
    // Answering a request accepts it.
    if (contact.policy === 'request') await trust.accept(contactId, false);
    const [added] = await messages.add([
      {
        id,
        contactId,
        author: 'me',
        body,
        sentAt: world.now(),
        state: 'queued',
        problem: null,
        replyTo,
      },
    ]);
    const message =
      added ?? (await messages.find({ contactId, author: 'me', id })) ?? raise('unknown-message');
    outbox.flush(contactId, added ? 'newest' : 'anywhere');
    // In the contact's turn, behind the drafts that are being stored. The message is kept, whatever
    // becomes of this; a failing disk is reported by the store.
    await book
      .update(contactId, ({ draft }) => (draft ? { draft: draftAfter(draft, input) } : {}))
      .catch(() => undefined);
    // The user did not choose this contact, so it is not dialled otherwise; now a message is
    // pending.
    if (!contact.chosen) connections.wake(contactId);
    return message;
  };

  const saveDraft = async ({ contactId, draft }: CommandInput<'saveDraft'>) => {
    book.get(contactId);
    const bytes = utf8Length(draft?.body ?? '');
    const limit = limits.messageBytes;
    if (bytes > limit) raise('message-too-long', { bytes, limit });
    const isNone = draft === null || (draft.body === '' && draft.replyTo === null);
    await book.update(contactId, { draft: isNone ? undefined : draft });
    return { seq: events.seq };
  };

  /** The contact that an outdated id now refers to, after contacts were merged. */
  const successor = async (id: ContactId): Promise<ContactId> =>
    (await book.successor(id)) ?? raise('unknown-contact');

  const sendAgain = async (input: CommandInput<'sendAgain'>): Promise<Message> => {
    const { contactId: named } = input;
    const contactId = book.find(named) ? named : await successor(named);
    const key = { contactId, author: 'me' as const };
    const message =
      (await messages.find({ ...key, id: input.messageId })) ?? raise('unknown-message');
    const [changed] = await messages.setDelivery([deliveryChange(message, 'send-again')]);
    if (changed) outbox.flush(message.contactId);
    return changed ?? message;
  };

  const removeContact = async (contactId: ContactId): Promise<void> => {
    const { identity } = book.get(contactId).contact;
    connections.drop(contactId);
    recorder.setEnabled(contactId, false);
    await book.remove(contactId);
    connections.admit(identity);
  };

  const { accept: _, ...decisions } = trust;
  return {
    ...decisions,
    ...createAttempts({ endpoint, book, connections }),
    send,
    saveDraft,
    sendAgain,
    snapshot: async () => ({
      seq: events.seq,
      self: endpoint.self(),
      conversations: book.conversations.listed(),
      arrivedAfter: book.conversations.arrivedAfter,
    }),
    messages: async ({ contactId, before, after, limit }) => {
      book.get(contactId);
      return after === undefined
        ? messages.page(contactId, before, limit)
        : messages.pageAfter(contactId, after, limit);
    },
    message: async ({ contactId, messageId }) => {
      book.get(contactId);
      const ours = await messages.find({ contactId, author: 'me', id: messageId });
      return ours ?? messages.find({ contactId, author: 'them', id: messageId });
    },
    search: async ({ query, contactId, before, limit }) => {
      if (contactId !== null) book.get(contactId);
      return messages.search(query, { contactId, before, limit });
    },
    retry: async ({ contactId }) => {
      const { contact } = book.get(contactId);
      if (contact.policy === 'blocked') raise('blocked', { name: contact.name });
      if (contact.kind === 'guest') raise('cannot-answer', { name: contact.name });
      connections.retry(contactId);
      return null;
    },
    deleteMessage: async ({ contactId, author, messageId }) => {
      const here = book.find(contactId) ? contactId : await successor(contactId);
      if (!(await messages.remove({ contactId: here, author, id: messageId })))
        raise('unknown-message');
      return null;
    },
    deleteConversation: async ({ contactId }) => {
      await book.update(contactId, { draft: undefined });
      await messages.clear(contactId);
      return null;
    },
    deleteEverything: async () => {
      for (const { contact } of book.all()) await removeContact(contact.id);
      return null;
    },
    markRead: async ({ contactId, seq }) => {
      book.get(contactId);
      await messages.markRead(contactId, seq);
      void signals.sendRead(contactId);
      return null;
    },
    removeContact: async ({ contactId }) => {
      await removeContact(contactId);
      return null;
    },
    updateSettings: (change) => endpoint.update(change),
    setPaused: async ({ paused }) => {
      if (paused) connections.pause();
      await endpoint.setPaused(paused);
      if (!paused) connections.resume();
      return null;
    },
    arrange: async ({ contactId, pinned, muted }) => {
      await book.update(contactId, (contact) => ({
        pinned: pinned ?? contact.pinned,
        muted: muted ?? contact.muted,
      }));
      return null;
    },
    watchWire: async ({ contactId, on }) => {
      book.get(contactId);
      recorder.setEnabled(contactId, on);
      return null;
    },
    wireLog: async ({ contactId, after }) => {
      book.get(contactId);
      return recorder.read(contactId, after);
    },
    typing: async ({ contactId }) => {
      book.get(contactId);
      await signals.sendTyping(contactId);
      return null;
    },
    diagnose: ({ address }) => deps.diagnose(address),
  };
}

/** The commands, refused once the peer has stopped: none of them may restart anything. */
export function untilStopped(handlers: ChatHandlers, stopping: AbortSignal): ChatHandlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    const run = async (input: never): Promise<unknown> => {
      if (stopping.aborted) raise('stopped');
      return handler(input);
    };
    return [name, run] as const;
  });
  return Object.fromEntries(guarded) as unknown as ChatHandlers;
}

/** What is left of a draft once a message is kept: a page saves what it is sending ahead of the rest. */
function draftAfter(
  draft: SavedDraft,
  { body, replyTo = null }: CommandInput<'send'>,
): SavedDraft | undefined {
  if (draft.body === body) return undefined;
  const ahead = `${body}\n`;
  if (!draft.body.startsWith(ahead)) return draft;
  const answers = draft.replyTo === replyTo ? null : draft.replyTo;
  return { body: draft.body.slice(ahead.length), replyTo: answers };
}
