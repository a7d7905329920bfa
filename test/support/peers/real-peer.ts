import { onTestFinished } from 'vitest';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { type NodePeerOptions, startNodePeer } from '../../../src/core/node-peer.ts';
import type { Peer } from '../../../src/core/peer.ts';
import type { Heartbeat } from '../../../src/core/protocol/session.ts';
import { uuidv7 } from '../../../src/shared/model/ids.ts';
import type {
  ContactId,
  Conversation,
  LinkState,
  Message,
} from '../../../src/shared/model/model.ts';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { WAIT_TIMEOUT_MS } from '../basics/timeouts.ts';

/** Notices a silent link sooner than a released copy, so that tests need not wait for it. */
export const QUICK_HEARTBEAT: Heartbeat = { every: 250, timeout: 500 };

/** A whole peer on real sockets and a real disk, stopped at the latest when the test has finished. */
export class RealPeer {
  readonly peer: Peer;
  readonly name: string;
  readonly dataDir: string;
  readonly port: number;
  readonly identity: string;
  readonly unexpected: readonly unknown[];
  #stopped: Promise<void> | null = null;

  static async start(
    name: string,
    options: Partial<NodePeerOptions> & { readonly dataDir?: string } = {},
  ): Promise<RealPeer> {
    const dataDir = options.dataDir ?? temporaryFolder();
    const unexpected: unknown[] = [];
    const peer = await startNodePeer({
      name,
      port: 0,
      defaultName: name,
      heartbeat: QUICK_HEARTBEAT,
      ...options,
      dataDir,
      onUnexpected: (error) => unexpected.push(error),
    });
    const { self } = await peer.app.snapshot({});
    const { listening, identity } = self;
    if (listening === null || identity === null) throw new Error(`${name} does not listen`);
    const started = new RealPeer({
      peer,
      name,
      dataDir,
      port: listening.port,
      identity,
      unexpected,
    });
    onTestFinished(() => started.stop());
    return started;
  }

  constructor(
    parts: Pick<RealPeer, 'peer' | 'name' | 'dataDir' | 'port' | 'identity' | 'unexpected'>,
  ) {
    this.peer = parts.peer;
    this.name = parts.name;
    this.dataDir = parts.dataDir;
    this.port = parts.port;
    this.identity = parts.identity;
    this.unexpected = parts.unexpected;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.peer.stop();
    return this.#stopped;
  }

  async connect(address: string): Promise<ContactId> {
    return (await this.peer.app.connect({ address })).contactId;
  }

  /** Accepts a message; resolves when it is in the store. */
  send(contactId: ContactId, body: string): Promise<Message> {
    const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
    return this.peer.app.send({ contactId, id, body });
  }

  async conversations(): Promise<readonly Conversation[]> {
    return (await this.peer.app.snapshot({})).conversations;
  }

  /** The one conversation with a contact that proves this identity. */
  async with(other: { readonly identity: string }): Promise<Conversation> {
    const found = (await this.conversations()).filter(
      ({ contact }) => contact.identity === other.identity,
    );
    const [only] = found;
    if (!only || found.length > 1) throw new Error(`${found.length} conversations with them`);
    return only;
  }

  async messages(contactId: ContactId): Promise<readonly Message[]> {
    return (await this.peer.app.messages({ contactId, before: null, limit: 500 })).messages;
  }

  /** The bodies of one side of a conversation, oldest first. */
  async bodies(contactId: ContactId, author: Message['author']): Promise<readonly string[]> {
    return (await this.messages(contactId))
      .filter((message) => message.author === author)
      .map(({ body }) => body);
  }

  async states(contactId: ContactId): Promise<readonly Message['state'][]> {
    return (await this.messages(contactId))
      .filter(({ author }) => author === 'me')
      .map(({ state }) => state);
  }

  async link(contactId: ContactId): Promise<LinkState> {
    const found = (await this.conversations()).find(({ contact }) => contact.id === contactId);
    return found?.link ?? { phase: 'idle' };
  }

  /** Resolves when the link to a contact is as described. */
  async untilLink(
    contactId: ContactId,
    wanted: LinkState['phase'] | ((link: LinkState) => boolean),
  ) {
    const fits = typeof wanted === 'string' ? (it: LinkState) => it.phase === wanted : wanted;
    await this.until(`a link (${wanted})`, async () => fits(await this.link(contactId)));
    return this.link(contactId);
  }

  /** Resolves when all that was sent to a contact is acknowledged. */
  untilDelivered(contactId: ContactId): Promise<void> {
    return this.until('delivery', async () =>
      (await this.states(contactId)).every((state) => state === 'delivered'),
    );
  }

  /** Resolves as soon as `check` holds; looks again after every event. */
  async until(what: string, check: () => Promise<boolean>): Promise<void> {
    if (await check()) return;
    const { seq } = await this.peer.app.snapshot({});
    const done = Promise.withResolvers<void>();
    const look = () => {
      check().then((holds) => holds && done.resolve(), done.reject);
    };
    const unsubscribe = this.peer.app.subscribe(seq, look);
    const timer = setTimeout(
      () => done.reject(new Error(`${this.name} waited in vain for ${what}`)),
      WAIT_TIMEOUT_MS,
    );
    look();
    try {
      await done.promise;
    } finally {
      clearTimeout(timer);
      unsubscribe();
    }
  }
}
