import type { Bridge, Transport } from '../../../src/shared/bridge/bridge.ts';
import type { Calls } from '../../../src/shared/bridge/channel.ts';
import type {
  ChatCommands,
  ChatHandlers,
  CommandInput,
  CommandName,
} from '../../../src/shared/bridge/chat-bridge.ts';
import { COMMANDS } from '../../../src/shared/bridge/dispatcher.ts';
import type { Outcome } from '../../../src/shared/bridge/outcome.ts';
import { type DeliveryEvent, nextDelivery } from '../../../src/shared/model/delivery.ts';
import type {
  Contact,
  ContactId,
  LinkState,
  Message,
  Snapshot,
} from '../../../src/shared/model/model.ts';
import { type Problem, problem, problemOf } from '../../../src/shared/problems/problem.ts';
import { fakeHandlers, ONLINE } from './fake-commands.ts';
import { FakeData, type FakeScenario } from './fake-data.ts';
import { FakeHost } from './fake-host.ts';
import { FakeWire } from './fake-wire.ts';

/**
 * A core in memory with nobody behind it, for showing and testing the renderer alone. It keeps its
 * promises to the renderer (events in sequence, whole values, idempotent sends); tests steer what
 * would come from the network.
 */
export class FakeCore {
  readonly bridge: Bridge;
  /** What was put on the clipboard, newest last. */
  readonly copied: string[] = [];
  readonly wire = new FakeWire();
  readonly host = new FakeHost();
  /** How long the doctor takes. Milliseconds. */
  doctorTime = 0;
  /** The web addresses that were opened, newest last. */
  readonly opened: string[] = [];
  /** The commands that were called, in order. */
  readonly calls: { readonly name: CommandName; readonly input: unknown }[] = [];
  readonly #data: FakeData;
  readonly #lostListeners = new Set<() => void>();
  readonly #failures = new Map<CommandName | 'importData', Problem>();
  readonly #held = new Map<CommandName, PromiseWithResolvers<void>>();
  #lost = false;

  constructor(scenario: FakeScenario) {
    this.#data = new FakeData(scenario);
    const handlers = fakeHandlers(this.#data, this);
    const commands = Object.fromEntries(
      Object.keys(COMMANDS.chat()).map((name) => [
        name,
        (input: never) => this.#run(handlers, name as CommandName, input),
      ]),
    ) as unknown as Calls<ChatCommands>;
    this.bridge = {
      chat: {
        ...commands,
        subscribe: (afterSeq, listener) => this.#data.subscribe(afterSeq, listener),
      },
      host: {
        ...this.host.channel,
        copyText: async ({ text }): Promise<Outcome<null>> => {
          this.copied.push(text);
          return { ok: true, value: null };
        },
        openExternal: async ({ url }): Promise<Outcome<null>> => {
          this.opened.push(url);
          return { ok: true, value: null };
        },
      },
      data: {
        dataInfo: async () => ({
          ok: true,
          value: { folder: '/home/alice/.config/Parley/profiles/default/peer', bytes: 18_432_000 },
        }),
        exportData: async () => ({ ok: true, value: { type: 'download' } }),
        importData: async () => {
          const failure = this.#failures.get('importData');
          return failure
            ? { ok: false, problem: failure }
            : { ok: true, value: { type: 'added', contacts: 2, messages: 340 } };
        },
      },
      onLost: (listener) => {
        this.#lostListeners.add(listener);
        return () => void this.#lostListeners.delete(listener);
      },
    };
  }

  snapshot(): Snapshot {
    return this.#data.snapshot();
  }

  messagesOf(contactId: ContactId): readonly Message[] {
    return this.#data.messagesOf(contactId);
  }

  /** From now on `name` fails with `failure`; null lets it work again. */
  fail(name: CommandName | 'importData', failure: Problem | null): void {
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

  /** Somebody new asks to chat. */
  request(name: string, body: string): void {
    const contact: Contact = {
      id: this.#data.newId(),
      kind: 'parley',
      name,
      identity: null,
      trust: 'none',
      addresses: [],
      policy: 'request',
      reached: [],
      claimed: [],
      chosen: false,
      pinned: false,
      muted: false,
      createdAt: Date.now(),
    };
    this.#data.change({ contact, link: ONLINE, lastMessage: null, unread: 0 });
    this.receive(contact.id, body);
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
}

/** What a preload puts into the page: the other end is `bridge`. */
export function transportTo(bridge: Bridge): Transport {
  type Functions = Readonly<Record<string, (input: unknown) => Promise<Outcome<unknown>>>>;
  type Subscribe = Transport['subscribe'] extends (channel: never, ...rest: infer Rest) => infer End
    ? (...rest: Rest) => End
    : never;
  return {
    channels: bridge.desktop ? ['chat', 'data', 'host', 'desktop'] : ['chat', 'data', 'host'],
    call: async (channel, name, input) => {
      const command = (bridge[channel] as unknown as Functions | undefined)?.[name];
      return command?.(input) ?? { ok: false, problem: problem('bad-input', { reason: name }) };
    },
    subscribe: (channel, ...rest) => {
      const { subscribe } = bridge[channel] as unknown as { readonly subscribe: Subscribe };
      return subscribe(...rest);
    },
    onLost: bridge.onLost,
  };
}
