import type { Limits } from '../shared/limits.ts';
import type { Contact, ContactId, Identity, Policy } from '../shared/model.ts';
import { raise } from '../shared/problem.ts';
import { displayName } from '../shared/text.ts';
import { type CallGuard, callGuard } from './call-guard.ts';
import type { Caller } from './channel.ts';
import type { ContactBook } from './contact-book.ts';
import type { Hello, LinkAnswer, RemoteLink } from './contract.ts';
import type { DialBack } from './dial-back.ts';
import type { Inbox } from './inbox.ts';
import { type LinkHandlers, LinkTarget } from './link-target.ts';
import { TokenBucket } from './net/token-bucket.ts';
import { type OpenHandlers, OpenRoot, ParleyRoot } from './roots.ts';
import { Turns } from './turns.ts';
import type { World } from './world.ts';

interface Deps {
  readonly world: Pick<World, 'now' | 'uptime'>;
  readonly limits: Limits;
  readonly book: ContactBook;
  readonly inbox: Inbox;
  readonly dialBack: DialBack;
  readonly ownName: () => string;
  /** What a contact may do with us. */
  readonly linkHandlers: (id: ContactId) => LinkHandlers;
  /** How strangers are met: as requests, or accepted at once (a peer that nobody sits before). */
  readonly strangerPolicy: Policy;
  readonly onUnexpected: (error: unknown) => void;
}

/** Strangers that may wait for the user's answer at once. */
const WAITING_REQUESTS = 100;
/** New strangers a minute, in the long run and at once. */
const STRANGERS_PER_MINUTE = 20;

/** Takes over a link that the other side has made; answers our side of it. */
export type AcceptLink = (
  identity: Identity,
  hello: Hello,
  remote: RemoteLink,
  guard: CallGuard,
) => Promise<LinkAnswer>;

/** Decides who is calling, and makes the capabilities that each caller gets. */
export class Callers {
  readonly #deps: Deps;

  readonly #strangers: TokenBucket;
  readonly #guards = new WeakMap<CallGuard, CallGuard>();

  constructor(deps: Deps) {
    this.#deps = deps;
    const { uptime } = deps.world;
    this.#strangers = new TokenBucket(STRANGERS_PER_MINUTE / 60, STRANGERS_PER_MINUTE, uptime);
  }

  /** Capability 0 for a caller. `known` is the contact when we dialled it ourselves. */
  root(caller: Caller, known: ContactId | null, acceptLink: AcceptLink | null): object {
    const { limits } = this.#deps;
    const guard = this.guard(caller);
    const turns = new Turns<'contact'>();
    // In turn: the first message may make the contact, and no later one gets ahead of it.
    const contact = () => turns.take('contact', () => this.#contactOf(caller, known));
    const open: OpenHandlers = {
      name: () => this.#deps.ownName(),
      received: async (body) => this.#deps.inbox.chat(await contact(), body),
      receivedCount: () => this.#deps.inbox.receivedCount(),
    };
    const { identity } = caller;
    if (identity === null || acceptLink === null) return new OpenRoot(open, limits, guard);
    const link = (hello: Hello, remote: RemoteLink) => acceptLink(identity, hello, remote, guard);
    const dialBack = this.#deps.dialBack.forCaller({ identity, host: caller.remoteHost });
    const parley = {
      ...open,
      link,
      clock: async () => {
        this.#refuseBlocked(identity);
        return this.#deps.world.now();
      },
      dialBack: async (port: number) => {
        this.#refuseBlocked(identity);
        return dialBack(port);
      },
    };
    return new ParleyRoot(parley, limits, guard);
  }

  /** The link capability of one contact. */
  linkTarget(id: ContactId, guard: CallGuard): LinkTarget {
    return new LinkTarget(this.#deps.linkHandlers(id), guard);
  }

  /** The guard of what a caller may call on one connection: one for all its capabilities. */
  guard({ meter }: Pick<Caller, 'meter'>): CallGuard {
    const known = this.#guards.get(meter);
    if (known) return known;
    const guard = callGuard(meter, this.#deps.onUnexpected);
    this.#guards.set(meter, guard);
    return guard;
  }

  /** The contact with this proven identity, made a request when it is a stranger. */
  stranger(identity: Identity, name: string, addresses: string[]): Promise<Contact> {
    const { book, limits, strangerPolicy } = this.#deps;
    return book.withIdentity(identity, async () => {
      const known = book.byIdentity(identity);
      if (known) return known;
      this.#admitStranger();
      return book.add({
        kind: 'parley',
        name: displayName(name, limits) || `Peer ${identity.slice(0, 8)}`,
        identity,
        trust: 'first-use',
        addresses,
        policy: strangerPolicy,
        chosen: false,
      });
    });
  }

  /** Strangers wait for the user, silently; so many and no more. */
  #admitStranger(): void {
    const { book, strangerPolicy } = this.#deps;
    if (strangerPolicy !== 'request') return;
    const waiting = book.all().filter(({ contact }) => contact.policy === 'request').length;
    if (waiting >= WAITING_REQUESTS) raise('over-limit', { what: 'requests are waiting' });
    if (!this.#strangers.take(1)) raise('over-limit', { what: 'strangers are calling' });
  }

  /** Somebody blocked is told nothing, not even that. */
  #refuseBlocked(identity: Identity): void {
    if (this.#deps.book.byIdentity(identity)?.policy === 'blocked') {
      raise('call-failed', { reason: '' });
    }
  }

  async #contactOf(caller: Caller, known: ContactId | null): Promise<Contact> {
    const { book } = this.#deps;
    const contact = known === null ? null : book.find(known)?.contact;
    if (contact) return contact;
    if (caller.identity !== null) return this.stranger(caller.identity, '', []);
    const guest = book.guestAt(caller.remoteHost);
    if (guest) return guest;
    this.#admitStranger();
    return book.add({
      kind: 'guest',
      name: `Caller at ${caller.remoteHost}`,
      identity: null,
      trust: 'none',
      addresses: [caller.remoteHost],
      policy: this.#deps.strangerPolicy,
      chosen: false,
    });
  }
}
