import {
  type ChatBridge,
  type ChatHandlers,
  COMMAND_NAMES,
  type CommandInput,
  type CommandName,
  type Outcome,
} from '../../src/shared/chat-bridge.ts';
import { type DeliveryEvent, nextDelivery } from '../../src/shared/delivery.ts';
import type { EventBatch, PeerEvent, SequencedEvent } from '../../src/shared/events.ts';
import { uuidv7 } from '../../src/shared/ids.ts';
import { DEFAULT_LIMITS } from '../../src/shared/limits.ts';
import {
  CONNECT_STEPS,
  type Contact,
  type ContactId,
  type Conversation,
  type LinkState,
  type Message,
  type Self,
  type Snapshot,
} from '../../src/shared/model.ts';
import { type Problem, ProblemError, problem, problemOf, raise } from '../../src/shared/problem.ts';
import { messageProblem, nameProblem } from '../../src/shared/text.ts';

/** What a fake core starts with. */
export interface FakeScenario {
  readonly self: Self;
  readonly conversations: readonly Conversation[];
  /** Messages of all conversations. */
  readonly messages: readonly Message[];
}

export const ONLINE: LinkState = { phase: 'online', transport: 'parley' };

/**
 * A core in memory with nobody behind it, for showing and testing the renderer alone. It keeps its
 * promises to the renderer (events in sequence, whole values, idempotent sends); tests steer what
 * would come from the network.
 */
export class FakeCore {
  readonly bridge: ChatBridge;
  /** What was put on the clipboard, newest last. */
  readonly copied: string[] = [];
  /** The commands that were called, in order. */
  readonly calls: { readonly name: CommandName; readonly input: unknown }[] = [];
  #self: Self;
  #conversations: Map<ContactId, Conversation>;
  #messages: Message[];
  readonly #events: SequencedEvent[] = [];
  readonly #listeners = new Set<(batch: EventBatch) => void>();
  readonly #lostListeners = new Set<() => void>();
  readonly #failures = new Map<CommandName, Problem>();
  #seq = 0;
  #ids = 0;
  #lost = false;

  constructor(scenario: FakeScenario) {
    this.#self = scenario.self;
    this.#conversations = new Map(scenario.conversations.map((it) => [it.contact.id, it]));
    this.#messages = scenario.messages.toSorted((a, b) => a.seq - b.seq);
    for (const id of this.#conversations.keys()) this.#refresh(id);
    const handlers = this.#handlers();
    const commands = Object.fromEntries(
      COMMAND_NAMES.map((name) => [name, (input: never) => this.#run(handlers, name, input)]),
    ) as unknown as Pick<ChatBridge, CommandName>;
    this.bridge = {
      ...commands,
      subscribe: (afterSeq, listener) => this.#subscribe(afterSeq, listener),
      copyText: async (text): Promise<Outcome<null>> => {
        this.copied.push(text);
        return { ok: true, value: null };
      },
      onLost: (listener) => {
        this.#lostListeners.add(listener);
        return () => void this.#lostListeners.delete(listener);
      },
      host: 'browser',
    };
  }

  /** From now on `name` fails with `failure`; null lets it work again. */
  fail(name: CommandName, failure: Problem | null): void {
    if (failure) this.#failures.set(name, failure);
    else this.#failures.delete(name);
  }

  /** The host goes away (true) or can be reached again (false). */
  setLost(lost: boolean): void {
    this.#lost = lost;
    if (lost) for (const listener of this.#lostListeners) listener();
  }

  /** A message from the contact arrives. */
  receive(contactId: ContactId, body: string): Message {
    const message = this.#message(contactId, 'them', body, this.#newId(), 'received');
    this.#messages.push(message);
    const conversation = this.#conversation(contactId);
    this.#emit({ type: 'message-added', message });
    this.#change({ ...conversation, lastMessage: message, unread: conversation.unread + 1 });
    return message;
  }

  setLink(contactId: ContactId, link: LinkState): void {
    this.#change({ ...this.#conversation(contactId), link });
  }

  /** Something happens to one of our messages on its way. */
  deliver(messageId: string, ...events: readonly DeliveryEvent[]): void {
    for (const event of events) {
      const message = this.#own(messageId);
      if (message.state === 'received') continue;
      this.#replace({ ...message, state: nextDelivery(message.state, event) });
    }
  }

  /** Tells all subscribers that events are missing. */
  announceGap(): void {
    for (const listener of [...this.#listeners]) listener({ type: 'gap' });
  }

  /** `from` turns out to be `into`: its messages move over without events of their own. */
  merge(from: ContactId, into: ContactId): void {
    this.#conversations.delete(from);
    this.#messages = this.#messages.map((it) =>
      it.contactId === from ? { ...it, contactId: into } : it,
    );
    this.#emit({ type: 'conversation-removed', contactId: from, mergedInto: into });
    this.#refresh(into);
    this.#change(this.#conversation(into));
  }

  snapshot(): Snapshot {
    return {
      seq: this.#seq,
      self: this.#self,
      conversations: [...this.#conversations.values()],
    };
  }

  messagesOf(contactId: ContactId): readonly Message[] {
    return this.#messages.filter((it) => it.contactId === contactId);
  }

  #handlers(): ChatHandlers {
    return {
      snapshot: async () => this.snapshot(),
      messages: async ({ contactId, before, limit }) => {
        this.#conversation(contactId);
        const all = this.messagesOf(contactId).filter((it) => before === null || it.seq < before);
        return { messages: all.slice(-limit), more: all.length > limit };
      },
      connect: async ({ address }) => ({ contactId: this.#connect(address.trim()) }),
      retry: async ({ contactId }) => {
        this.#walkTheSteps(contactId);
        return null;
      },
      send: async ({ contactId, id, body }) => this.#send(contactId, id, body),
      sendAgain: async ({ messageId }) => {
        this.#replace({ ...this.#own(messageId), state: 'queued', problem: null });
        this.#hurry(messageId);
        return this.#own(messageId);
      },
      deleteMessage: async ({ messageId }) => {
        const { contactId } = this.#own(messageId);
        this.#messages = this.#messages.filter((it) => it.id !== messageId);
        this.#emit({ type: 'message-removed', contactId, messageId });
        this.#refresh(contactId);
        this.#change(this.#conversation(contactId));
        return null;
      },
      markRead: async ({ contactId }) => {
        this.#change({ ...this.#conversation(contactId), unread: 0 });
        return null;
      },
      setPolicy: async ({ contactId, policy }) => {
        const conversation = this.#conversation(contactId);
        this.#change({ ...conversation, contact: { ...conversation.contact, policy } });
        return null;
      },
      removeContact: async ({ contactId }) => {
        this.#conversations.delete(contactId);
        this.#messages = this.#messages.filter((it) => it.contactId !== contactId);
        this.#emit({ type: 'conversation-removed', contactId, mergedInto: null });
        return null;
      },
      updateSettings: async ({ name, port }) => {
        const settings = {
          name: name ?? this.#self.settings.name,
          port: port ?? this.#self.settings.port,
        };
        const wrong = nameProblem(settings.name, DEFAULT_LIMITS);
        if (wrong) throw new ProblemError(wrong);
        if (settings.port < 1024) raise('port-forbidden', { port: settings.port });
        const host = this.#self.listening?.host ?? '127.0.0.1';
        this.#self = {
          ...this.#self,
          name: settings.name,
          settings,
          listening: { host, port: settings.port },
          addresses: this.#self.addresses.map((it) => ({
            ...it,
            address: it.address.replace(/\d+$/, String(settings.port)),
          })),
        };
        this.#emit({ type: 'self-changed', self: this.#self });
        return settings;
      },
    };
  }

  async #run<Name extends CommandName>(
    handlers: ChatHandlers,
    name: Name,
    input: CommandInput<Name>,
  ): Promise<Outcome<unknown>> {
    this.calls.push({ name, input });
    if (this.#lost) return { ok: false, problem: problem('stopped') };
    const failure = this.#failures.get(name);
    if (failure) return { ok: false, problem: failure };
    try {
      return { ok: true, value: await handlers[name](input) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  #subscribe(afterSeq: number, listener: (batch: EventBatch) => void): () => void {
    this.#listeners.add(listener);
    const missed = this.#events.filter((it) => it.seq > afterSeq);
    if (missed.length > 0) queueMicrotask(() => listener({ type: 'events', events: missed }));
    return () => void this.#listeners.delete(listener);
  }

  #connect(address: string): ContactId {
    if (!/^[\w.:[\]-]+$/.test(address)) raise('bad-address', { reason: 'An address is needed.' });
    for (const it of this.#conversations.values()) {
      if (it.contact.addresses.includes(address)) return it.contact.id;
    }
    const contact: Contact = {
      id: this.#newId(),
      kind: 'unknown',
      name: address,
      identity: null,
      addresses: [address],
      policy: 'accepted',
      createdAt: Date.now(),
    };
    const link: LinkState = { phase: 'idle' };
    this.#change({ contact, link, lastMessage: null, unread: 0 });
    this.#walkTheSteps(contact.id);
    return contact.id;
  }

  async #walkTheSteps(contactId: ContactId): Promise<void> {
    for (const step of CONNECT_STEPS) {
      this.setLink(contactId, { phase: 'connecting', step });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const conversation = this.#conversation(contactId);
    const name = conversation.contact.kind === 'unknown' ? 'Bob' : conversation.contact.name;
    const contact: Contact = { ...conversation.contact, kind: 'parley', name };
    this.#change({ ...conversation, contact, link: ONLINE });
  }

  #send(contactId: ContactId, id: string, body: string): Message {
    const known = this.#messages.find((it) => it.id === id && it.author === 'me');
    if (known) return known;
    const wrong = messageProblem(body, DEFAULT_LIMITS);
    if (wrong) throw new ProblemError(wrong);
    const message = this.#message(contactId, 'me', body, id, 'queued');
    this.#messages.push(message);
    this.#emit({ type: 'message-added', message });
    this.#change({ ...this.#conversation(contactId), lastMessage: message });
    this.#hurry(id);
    return message;
  }

  /** Delivers a message at once if its contact is online. */
  #hurry(messageId: string): void {
    const { contactId } = this.#own(messageId);
    if (this.#conversation(contactId).link.phase !== 'online') return;
    queueMicrotask(() => this.deliver(messageId, 'attempted', 'acknowledged'));
  }

  #message(
    contactId: ContactId,
    author: Message['author'],
    body: string,
    id: string,
    state: Message['state'],
  ): Message {
    const seq = (this.#messages.at(-1)?.seq ?? 0) + 1;
    return { id, contactId, author, body, sentAt: Date.now(), seq, state, problem: null };
  }

  #own(messageId: string): Message {
    return this.#messages.find((it) => it.id === messageId) ?? raise('unknown-message');
  }

  #conversation(contactId: ContactId): Conversation {
    return this.#conversations.get(contactId) ?? raise('unknown-contact');
  }

  #replace(message: Message): void {
    this.#messages = this.#messages.map((it) => (it.id === message.id ? message : it));
    this.#emit({ type: 'message-changed', message });
    const conversation = this.#conversation(message.contactId);
    if (conversation.lastMessage?.id === message.id) {
      this.#change({ ...conversation, lastMessage: message });
    }
  }

  #refresh(contactId: ContactId): void {
    const conversation = this.#conversation(contactId);
    const lastMessage = this.messagesOf(contactId).at(-1) ?? null;
    this.#conversations.set(contactId, { ...conversation, lastMessage });
  }

  #change(conversation: Conversation): void {
    this.#conversations.set(conversation.contact.id, conversation);
    this.#emit({ type: 'conversation-changed', conversation });
  }

  #emit(event: PeerEvent): void {
    this.#seq += 1;
    const sequenced: SequencedEvent = { seq: this.#seq, event };
    this.#events.push(sequenced);
    for (const listener of [...this.#listeners]) {
      listener({ type: 'events', events: [sequenced] });
    }
  }

  #newId(): string {
    this.#ids += 1;
    const count = this.#ids;
    return uuidv7(Date.now(), (length) => new Uint8Array(length).fill(count % 251));
  }
}
