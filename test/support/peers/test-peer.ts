import { createPeer, type Peer } from '../../../src/core/peer.ts';
import { createMemoryStore } from '../../../src/core/storage/memory/memory-store.ts';
import type { Store } from '../../../src/core/storage/store.ts';
import { uuidv7 } from '../../../src/shared/model/ids.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/shared/model/limits.ts';
import type { Conversation, Message, OwnAddress } from '../../../src/shared/model/model.ts';
import type { FakeWorld } from '../basics/fake-world.ts';
import type { MemoryNetwork } from '../network/memory-network.ts';

export interface TestPeerOptions {
  readonly name: string;
  readonly network: MemoryNetwork;
  readonly world: FakeWorld;
  /** Defaults to one made from the name; null for a peer of the open contract only. */
  readonly identity?: string | null;
  readonly store?: Store;
  readonly limits?: Limits;
  /** Where it listens; its name in lower case unless given. */
  readonly host?: string;
  readonly acceptsStrangers?: boolean;
  /** Where it believes that others can reach it. */
  readonly addresses?: () => readonly OwnAddress[];
}

/** A whole core on a memory network; it listens at its name in lower case, port 8080. */
export class TestPeer {
  readonly peer: Peer;
  readonly store: Store;
  readonly unexpected: unknown[];
  readonly #world: FakeWorld;

  static async start(options: TestPeerOptions): Promise<TestPeer> {
    const { name, network, world, store = createMemoryStore(), limits = DEFAULT_LIMITS } = options;
    const identity = options.identity === undefined ? identityOf(name) : options.identity;
    const { host = name.toLowerCase(), acceptsStrangers = false } = options;
    const unexpected: unknown[] = [];
    const peer = await createPeer(
      {
        world,
        store,
        limits,
        identity,
        ...network.host(host, identity),
        addresses:
          options.addresses ??
          ((ownHost, port) => [{ address: `${ownHost}:${port}`, kind: 'lan' }]),
        onUnexpected: (error) => unexpected.push(error),
      },
      {
        host,
        port: 8080,
        name,
        defaultName: name,
        openContract: 'network',
        acceptsStrangers,
      },
    );
    return new TestPeer(peer, store, world, unexpected);
  }

  constructor(peer: Peer, store: Store, world: FakeWorld, unexpected: unknown[]) {
    this.peer = peer;
    this.store = store;
    this.unexpected = unexpected;
    this.#world = world;
  }

  /** All there are, also those of strangers who have said nothing yet: they are not shown. */
  async conversations(): Promise<readonly Conversation[]> {
    const shown = await this.shown();
    const ids = new Set(shown.map(({ contact }) => contact.id));
    const stored = await this.store.conversations();
    const hidden = stored.filter(({ contact }) => !ids.has(contact.id));
    return [...shown, ...hidden.map((it): Conversation => ({ ...it, link: { phase: 'idle' } }))];
  }

  /** What the user sees. */
  async shown(): Promise<readonly Conversation[]> {
    return (await this.peer.app.snapshot({})).conversations;
  }

  /** The only conversation there is. */
  async conversation(): Promise<Conversation> {
    const [only, ...others] = await this.conversations();
    if (!only || others.length > 0)
      throw new Error(`${others.length + (only ? 1 : 0)} conversations`);
    return only;
  }

  async connect(address: string): Promise<string> {
    return (await this.peer.app.connect({ address })).contactId;
  }

  send(contactId: string, body: string): Promise<Message> {
    const id = uuidv7(this.#world.now(), this.#world.randomBytes);
    return this.peer.app.send({ contactId, id, body });
  }

  async messages(contactId: string): Promise<readonly Message[]> {
    return (await this.peer.app.messages({ contactId, before: null, limit: 500 })).messages;
  }

  /** `me: Hi` or `them: Hi`, in order. */
  async transcript(contactId: string): Promise<readonly string[]> {
    return (await this.messages(contactId)).map(({ author, body }) => `${author}: ${body}`);
  }
}

/** A made-up identity, the same for the same name. */
export function identityOf(name: string): string {
  return Buffer.from(name.padEnd(32, '.')).toString('hex').slice(0, 64);
}
