import {
  type ChatBridge,
  type ChatHandlers,
  COMMAND_NAMES,
  type CommandInput,
  type CommandName,
  type Outcome,
} from '../../src/shared/chat-bridge.ts';
import { type DeliveryEvent, nextDelivery } from '../../src/shared/delivery.ts';
import { DEFAULT_LIMITS } from '../../src/shared/limits.ts';
import {
  CONNECT_STEPS,
  type ContactId,
  type LinkState,
  type Message,
  type Settings,
  type Snapshot,
} from '../../src/shared/model.ts';
import { type Problem, ProblemError, problem, problemOf, raise } from '../../src/shared/problem.ts';
import { messageProblem, nameProblem } from '../../src/shared/text.ts';
import { FakeData, type FakeScenario } from './fake-data.ts';
import { diagnosisOf } from './fake-diagnosis.ts';
import { FakeWire } from './fake-wire.ts';

export const ONLINE: LinkState = { phase: 'online', transport: 'parley' };

/** How long a fake connection takes for each of its steps. Milliseconds. */
const STEP = 30;

/**
 * A core in memory with nobody behind it, for showing and testing the renderer alone. It keeps its
 * promises to the renderer (events in sequence, whole values, idempotent sends); tests steer what
 * would come from the network.
 */
export class FakeCore {
  readonly bridge: ChatBridge;
  /** What was put on the clipboard, newest last. */
  readonly copied: string[] = [];
  readonly wire = new FakeWire();
  /** How long the doctor takes. Milliseconds. */
  doctorTime = 0;
  /** The web addresses that were opened, newest last. */
  readonly opened: string[] = [];
  /** The commands that were called, in order. */
  readonly calls: { readonly name: CommandName; readonly input: unknown }[] = [];
  readonly #data: FakeData;
  readonly #lostListeners = new Set<() => void>();
  readonly #failures = new Map<CommandName, Problem>();
  readonly #held = new Map<CommandName, PromiseWithResolvers<void>>();
  #lost = false;

  constructor(scenario: FakeScenario) {
    this.#data = new FakeData(scenario);
    const handlers = this.#handlers();
    const commands = Object.fromEntries(
      COMMAND_NAMES.map((name) => [name, (input: never) => this.#run(handlers, name, input)]),
    ) as unknown as Pick<ChatBridge, CommandName>;
    this.bridge = {
      ...commands,
      dataInfo: async () => ({
        ok: true,
        value: { folder: '/home/alice/.config/Parley/profiles/default/peer', bytes: 18_432_000 },
      }),
      exportData: async () => ({ ok: true, value: { type: 'download' } }),
      importData: async () => ({ ok: true, value: { type: 'added', contacts: 2, messages: 340 } }),
      subscribe: (afterSeq, listener) => this.#data.subscribe(afterSeq, listener),
      copyText: async (text): Promise<Outcome<null>> => {
        this.copied.push(text);
        return { ok: true, value: null };
      },
      openExternal: async (url): Promise<Outcome<null>> => {
        this.opened.push(url);
        return { ok: true, value: null };
      },
      onLost: (listener) => {
        this.#lostListeners.add(listener);
        return () => void this.#lostListeners.delete(listener);
      },
      host: 'browser',
    };
  }

  snapshot(): Snapshot {
    return this.#data.snapshot();
  }

  messagesOf(contactId: ContactId): readonly Message[] {
    return this.#data.messagesOf(contactId);
  }

  /** From now on `name` fails with `failure`; null lets it work again. */
  fail(name: CommandName, failure: Problem | null): void {
    if (failure) this.#failures.set(name, failure);
    else this.#failures.delete(name);
  }

  /** From now on `name` does not answer, until it is released. */
  hold(name: CommandName): void {
    if (!this.#held.has(name)) this.#held.set(name, Promise.withResolvers<void>());
  }

  release(name: CommandName): void {
    this.#held.get(name)?.resolve();
    this.#held.delete(name);
  }

  /** The host goes away (true) or can be reached again (false). */
  setLost(lost: boolean): void {
    this.#lost = lost;
    if (lost) for (const listener of this.#lostListeners) listener();
  }

  /** A message from the contact arrives. */
  receive(contactId: ContactId, body: string, replyTo: string | null = null): Message {
    return this.#data.add(contactId, 'them', body, this.#data.newId(), 'received', replyTo);
  }

  setLink(contactId: ContactId, link: LinkState): void {
    this.#data.change({ ...this.#data.conversation(contactId), link });
  }

  /** The contact is heard to be typing for `length` milliseconds from now. */
  typing(contactId: ContactId, length: number): void {
    this.#data.tellTyping(contactId, Date.now() + length);
  }

  /** Something happens to one of our messages on its way. */
  deliver(messageId: string, ...events: readonly DeliveryEvent[]): void {
    for (const event of events) {
      const message = this.#data.own(messageId);
      if (message === null || message.state === 'received') continue;
      this.#data.replace({ ...message, state: nextDelivery(message.state, event) });
    }
  }

  /** Tells all subscribers that events are missing. */
  announceGap(): void {
    this.#data.announceGap();
  }

  /** `from` turns out to be `into`: its messages move over without events of their own. */
  merge(from: ContactId, into: ContactId): void {
    this.#data.remove(from, into);
  }

  /** What the renderer asks for; a command that it does not use yet is refused. */
  #handlers(): Partial<ChatHandlers> {
    const data = this.#data;
    return {
      snapshot: async () => data.snapshot(),
      messages: async ({ contactId, before, after, limit }) =>
        after === undefined
          ? data.page(contactId, before, limit)
          : data.pageAfter(contactId, after, limit),
      message: async ({ contactId, messageId }) => data.find(contactId, messageId),
      search: async ({ query, contactId, before, limit }) =>
        data.search(query, contactId, before, limit),
      connect: async ({ address }) => ({ contactId: this.#connect(address.trim()) }),
      retry: async ({ contactId }) => {
        void this.#walkTheSteps(contactId);
        return null;
      },
      send: async ({ contactId, id, body, replyTo }) =>
        this.#send(contactId, id, body, replyTo ?? null),
      sendAgain: async ({ messageId }) => {
        const message = data.own(messageId) ?? raise('unknown-message');
        data.replace({ ...message, state: 'queued', problem: null });
        this.#hurry(message);
        return data.own(messageId) ?? message;
      },
      deleteMessage: async ({ messageId }) => {
        data.deleteMessage(messageId);
        return null;
      },
      markRead: async ({ contactId }) => {
        data.change({ ...data.conversation(contactId), unread: 0 });
        return null;
      },
      setPolicy: async ({ contactId, policy }) => {
        const conversation = data.conversation(contactId);
        data.change({ ...conversation, contact: { ...conversation.contact, policy } });
        return null;
      },
      removeContact: async ({ contactId }) => {
        data.remove(contactId, null);
        return null;
      },
      acceptIdentity: async ({ contactId, identity }) => {
        const conversation = data.conversation(contactId);
        const contact = { ...conversation.contact, identity, trust: 'first-use' } as const;
        data.change({ ...conversation, contact });
        void this.#walkTheSteps(contactId);
        return null;
      },
      setVerified: async ({ contactId, verified }) => {
        const conversation = data.conversation(contactId);
        const trust = verified ? 'verified' : 'first-use';
        data.change({ ...conversation, contact: { ...conversation.contact, trust } });
        return null;
      },
      arrange: async ({ contactId, pinned, muted }) => {
        const conversation = data.conversation(contactId);
        const { contact } = conversation;
        const arranged = {
          ...contact,
          pinned: pinned ?? contact.pinned,
          muted: muted ?? contact.muted,
        };
        data.change({ ...conversation, contact: arranged });
        return null;
      },
      watchWire: async ({ on }) => {
        this.wire.switch(on, Date.now());
        return null;
      },
      wireLog: async ({ after }) => this.wire.read(after),
      deleteEverything: async () => {
        for (const { contact } of data.snapshot().conversations) data.remove(contact.id, null);
        return null;
      },
      typing: async () => null,
      diagnose: async ({ address }) => {
        const { conversations } = data.snapshot();
        const known = conversations.find((it) => it.contact.addresses.includes(address));
        await new Promise((resolve) => setTimeout(resolve, this.doctorTime));
        return diagnosisOf(address, known?.link, Date.now());
      },
      updateSettings: async (change) => this.#updateSettings(change),
    };
  }

  async #run<Name extends CommandName>(
    handlers: Partial<ChatHandlers>,
    name: Name,
    input: CommandInput<Name>,
  ): Promise<Outcome<unknown>> {
    this.calls.push({ name, input });
    await this.#held.get(name)?.promise;
    if (this.#lost) return { ok: false, problem: problem('stopped') };
    const failure = this.#failures.get(name);
    if (failure) return { ok: false, problem: failure };
    const handler = handlers[name];
    if (!handler) return { ok: false, problem: problem('bad-input', { reason: name }) };
    try {
      return { ok: true, value: await handler(input) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  #connect(address: string): ContactId {
    if (!/^[\w.:[\]-]+$/.test(address)) raise('bad-address', { reason: 'An address is needed.' });
    const known = this.#data
      .snapshot()
      .conversations.find((it) => it.contact.addresses.includes(address));
    if (known) return known.contact.id;
    const id = this.#data.newId();
    this.#data.change({
      contact: {
        id,
        kind: 'unknown',
        name: address,
        identity: null,
        trust: 'none',
        addresses: [address],
        policy: 'accepted',
        pinned: false,
        muted: false,
        createdAt: Date.now(),
      },
      link: { phase: 'idle' },
      lastMessage: null,
      unread: 0,
    });
    void this.#walkTheSteps(id);
    return id;
  }

  async #walkTheSteps(contactId: ContactId): Promise<void> {
    for (const step of CONNECT_STEPS) {
      this.setLink(contactId, { phase: 'connecting', step });
      await new Promise((resolve) => setTimeout(resolve, STEP));
    }
    const conversation = this.#data.conversation(contactId);
    const { contact } = conversation;
    const name = contact.kind === 'unknown' ? 'Bob' : contact.name;
    const met = { ...contact, kind: 'parley', name } as const;
    this.#data.change({ ...conversation, contact: met, link: ONLINE });
  }

  #send(contactId: ContactId, id: string, body: string, replyTo: string | null): Message {
    const known = this.#data.own(id);
    if (known) return known;
    const wrong = messageProblem(body, DEFAULT_LIMITS);
    if (wrong) throw new ProblemError(wrong);
    const message = this.#data.add(contactId, 'me', body, id, 'queued', replyTo);
    this.#hurry(message);
    return message;
  }

  /** Delivers a message at once if its contact is online. */
  #hurry({ id, contactId }: Message): void {
    if (this.#data.conversation(contactId).link.phase !== 'online') return;
    queueMicrotask(() => this.deliver(id, 'attempted', 'acknowledged'));
  }

  #updateSettings(change: CommandInput<'updateSettings'>): Settings {
    const { self } = this.#data;
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const settings: Settings = { ...self.settings, ...Object.fromEntries(given) };
    const wrong = nameProblem(settings.name, DEFAULT_LIMITS);
    if (wrong) throw new ProblemError(wrong);
    if (settings.port < 1024) raise('port-forbidden', { port: settings.port });
    this.#data.changeSelf({
      ...self,
      name: settings.name,
      settings,
      listening: { host: self.listening?.host ?? '127.0.0.1', port: settings.port },
      addresses: self.addresses.map((it) => ({
        ...it,
        address: it.address.replace(/\d+$/, String(settings.port)),
      })),
    });
    return settings;
  }
}
