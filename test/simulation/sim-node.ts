import type { World } from '../../src/core/base/world.ts';
import { createPeer, type Peer } from '../../src/core/peer.ts';
import type { Store } from '../../src/core/storage/store.ts';
import type { DeliveryState } from '../../src/shared/model/delivery.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import type { Contact, MessageId } from '../../src/shared/model/model.ts';
import { ProblemError, raise } from '../../src/shared/problems/problem.ts';
import type { FakeWorld } from '../support/basics/fake-world.ts';
import { identityOf } from '../support/peers/test-peer.ts';
import type { Dice } from './dice.ts';
import { SimDisk } from './sim-disk.ts';
import type { Party, SimNetwork } from './sim-network.ts';

/** A message that the core has accepted from its user. */
export interface Accepted {
  readonly id: MessageId;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

export interface SimNodeDeps {
  readonly world: FakeWorld;
  readonly dice: Dice;
  readonly network: SimNetwork;
  /** Breaks the store of a variant that the simulation must catch. */
  readonly spoil: (store: Store) => Store;
  readonly onViolation: (what: string) => void;
}

const RANK: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  sending: 1,
  delivered: 2,
  read: 3,
  unconfirmed: 9,
  failed: 9,
};

const noRoute = async (): Promise<never> => raise('unreachable');

/** One life of a core, from its start to its crash. */
interface Life {
  readonly party: Party;
  peer: Peer | null;
  dead: boolean;
  calls: number;
}

/** One user's computer: a disk that stays, and a core that lives, crashes and lives again. */
export class SimNode {
  readonly name: string;
  readonly identity: string | null;
  readonly disk: SimDisk;
  readonly accepted: Accepted[] = [];
  /** Whom this user has removed: what was said between the two is gone, and nobody's loss. */
  readonly removed = new Set<string>();
  readonly #deps: SimNodeDeps;
  readonly #shown = new Map<MessageId, DeliveryState>();
  #life: Life | null = null;
  #clockOffset = 0;
  #crashAtCall = Number.POSITIVE_INFINITY;

  constructor(name: string, identity: string | null, deps: SimNodeDeps) {
    this.name = name;
    this.identity = identity === null ? null : identityOf(name);
    this.#deps = deps;
    this.disk = new SimDisk(deps.world, deps.dice);
  }

  get peer(): Peer | null {
    return this.#life?.peer ?? null;
  }

  get up(): boolean {
    return this.#life !== null;
  }

  async start(): Promise<void> {
    const { network, world, spoil } = this.#deps;
    const life: Life = {
      dead: false,
      peer: null,
      calls: 0,
      party: {
        node: this.name,
        identity: this.identity,
        world,
        alive: () => !life.dead,
        onCall: () => {
          life.calls += 1;
          if (life.calls === this.#crashAtCall) this.crash();
        },
      },
    };
    this.#life = life;
    const store = spoil(await this.disk.open(life.party.alive, life.party.onCall));
    const starting = createPeer(
      {
        world: this.#worldOf(life.party.alive),
        store,
        limits: DEFAULT_LIMITS,
        identity: this.identity,
        dial: network.dial(life.party),
        // No story calls the doctor.
        probe: { find: noRoute, knock: noRoute, secure: noRoute },
        listen: network.listen(life.party),
        addresses: () => [],
        onUnexpected: (error) => {
          // A disk that fails is part of the story; anything else is a defect of the core.
          if (error instanceof ProblemError && error.problem.code === 'storage') return;
          if (!life.dead) this.#deps.onViolation(`${this.name}: unexpected ${String(error)}`);
        },
      },
      {
        host: this.name,
        port: 8080,
        name: this.name,
        defaultName: this.name,
        openContract: 'network',
        acceptsStrangers: false,
      },
    );
    starting.then(
      (peer) => {
        if (life.dead) return;
        life.peer = peer;
        peer.app.subscribe(0, (batch) => {
          if (batch.type === 'gap' || life.dead) return;
          for (const { event } of batch.events) {
            if (event.type !== 'message-changed' || event.message.author !== 'me') continue;
            this.#changed(event.message.id, event.message.state as DeliveryState);
          }
        });
      },
      (error: unknown) => {
        // The disk may be full at start; the user tries again.
        if (this.#life === life) this.crash();
        if (!(error instanceof ProblemError)) this.#deps.onViolation(`start: ${String(error)}`);
      },
    );
  }

  /** Quits the app. */
  async quit(): Promise<void> {
    const life = this.#life;
    let stopped = false;
    await this.#survive(async (peer) => {
      await peer.stop();
      stopped = true;
    });
    if (life && life === this.#life) this.#end(life, stopped && !this.disk.full);
  }

  crash(): void {
    if (this.#life) this.#end(this.#life, false);
  }

  /** Whoever stops properly has written everything that was shown. */
  #end(life: Life, properly: boolean): void {
    if (life.dead) return;
    if (!properly) this.#forgetUnwritten();
    life.dead = true;
    this.#life = null;
    this.#crashAtCall = Number.POSITIVE_INFINITY;
    this.disk.crash();
    this.#deps.network.died(life.party);
  }

  /** Crashes inside the call after `calls` more calls to the world. */
  crashAfterCalls(calls: number): void {
    if (this.#life) this.#crashAtCall = this.#life.calls + calls;
  }

  jumpClock(ms: number): void {
    this.#clockOffset += ms;
  }

  /** Types an address into the app. */
  async connect(address: string): Promise<void> {
    await this.#survive(async (peer) => peer.app.connect({ address }));
  }

  /** Sends to the contact that `which` picks; counts as accepted only when the app has said so. */
  async send(to: string, body: string, which: (contact: Contact) => boolean): Promise<void> {
    const { world } = this.#deps;
    await this.#survive(async (peer) => {
      const { conversations } = await peer.app.snapshot({});
      const contact = conversations.find((it) => which(it.contact))?.contact;
      if (!contact) return;
      const id = uuidv7(world.now(), world.randomBytes);
      const life = this.#life;
      await peer.app.send({ contactId: contact.id, id, body });
      if (life === this.#life) this.accepted.push({ id, from: this.name, to, body });
    });
  }

  /** Blocks a contact, or accepts it again. */
  async setPolicy(policy: 'accepted' | 'blocked', which: (contact: Contact) => boolean) {
    await this.#survive(async ({ app }) => {
      for (const { contact } of (await app.snapshot({})).conversations) {
        // Addresses wander from one to another here: who has somebody's address is accepted knowingly.
        const change = { contactId: contact.id, policy, really: true };
        if (which(contact)) await app.setPolicy(change);
      }
    });
  }

  async remove(name: string, which: (contact: Contact) => boolean): Promise<void> {
    await this.#survive(async ({ app }) => {
      const contact = (await app.snapshot({})).conversations.find((it) =>
        which(it.contact),
      )?.contact;
      if (!contact) return;
      this.removed.add(name);
      await app.removeContact({ contactId: contact.id });
    });
  }

  /** Goes offline by hand, or comes back. */
  async setPaused(paused: boolean): Promise<void> {
    await this.#survive(({ app }) => app.setPaused({ paused }));
  }

  /** Changes settings, several at once. */
  async fidget(): Promise<void> {
    const name = `${this.name} ${this.#deps.dice.between(1, 9)}`;
    const receipts = this.#deps.dice.chance(0.5);
    await this.#survive(({ app }) =>
      Promise.all([app.updateSettings({ name }), app.updateSettings({ receipts })]),
    );
  }

  /** Looks at every conversation, as somebody who comes back to the computer. */
  async readAll(): Promise<void> {
    await this.#survive(async (peer) => {
      for (const { contact, lastMessage } of (await peer.app.snapshot({})).conversations) {
        if (lastMessage) await peer.app.markRead({ contactId: contact.id, seq: lastMessage.seq });
      }
    });
  }

  /** Runs a command as a user would: a refusal is an answer, a crash means there is none. */
  async #survive(command: (peer: Peer) => Promise<unknown>): Promise<void> {
    const { peer } = this;
    if (!peer) return;
    try {
      await command(peer);
    } catch (error) {
      if (!(error instanceof ProblemError)) this.#deps.onViolation(`command: ${String(error)}`);
    }
  }

  /**
   * `delivered` is shown when the other side has said so, a moment before it is written: after a
   * crash in between, the message goes again. Everything else that was shown stays true.
   */
  #forgetUnwritten(): void {
    for (const [id, state] of this.#shown) if (state === 'delivered') this.#shown.delete(id);
  }

  #changed(id: MessageId, state: DeliveryState): void {
    const before = this.#shown.get(id);
    this.#shown.set(id, state);
    if (before && RANK[before] >= RANK.delivered && RANK[state] < RANK[before]) {
      this.#deps.onViolation(`${this.name}: a message went back from ${before} to ${state}`);
    }
  }

  #worldOf(alive: () => boolean): World {
    const { world } = this.#deps;
    return {
      now: () => world.now() + this.#clockOffset,
      uptime: world.uptime,
      random: world.random,
      randomBytes: world.randomBytes,
      after: (ms, task) =>
        world.after(ms, () => {
          if (alive()) task();
        }),
    };
  }
}
