import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Identity, Policy } from '../../shared/model/model.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { World } from '../base/world.ts';
import { usableName } from '../contacts/announced-name.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Strangers } from '../contacts/strangers.ts';
import type { Inbox } from '../messages/inbox.ts';
import { type CallGuard, callGuard } from '../protocol/call-guard.ts';
import type { Caller } from '../protocol/channel.ts';
import type { Hello, LinkAnswer, RemoteLink } from '../protocol/contract.ts';
import { LinkCapability, type LinkHandlers } from '../protocol/link-capability.ts';
import {
  OpenCapability,
  type OpenHandlers,
  ParleyCapability,
} from '../protocol/main-capability.ts';
import type { DialBack } from './dial-back.ts';

interface Deps {
  readonly world: Pick<World, 'now' | 'uptime'>;
  readonly limits: Limits;
  readonly book: ContactBook;
  readonly inbox: Inbox;
  readonly strangers: Strangers;
  readonly dialBack: DialBack;
  readonly ownName: () => string;
  /** The handlers of a contact's link. */
  readonly linkHandlers: (id: ContactId) => LinkHandlers;
  /** The initial policy of strangers: a request, or accepted at once (an unattended peer). */
  readonly strangerPolicy: Policy;
  readonly onUnexpected: (error: unknown) => void;
}

/** Accepts a link that the other side has opened; resolves with our side of it. */
export type AcceptLink = (
  identity: Identity,
  hello: Hello,
  remote: RemoteLink,
  guard: CallGuard,
) => Promise<LinkAnswer>;

/** Identifies callers and makes the capabilities that each one gets. */
export class CapabilityFactory {
  readonly #deps: Deps;

  readonly #guards = new WeakMap<CallGuard, CallGuard>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The main capability (0) for a caller. `known` is the contact if we dialled it ourselves. */
  mainCapability(caller: Caller, known: ContactId | null, acceptLink: AcceptLink | null): object {
    const { limits } = this.#deps;
    const guard = this.guard(caller);
    const mutex = new KeyedMutex<'contact'>();
    // Serialized: the first message may create the contact, and no later one may overtake it.
    const contact = () => mutex.runExclusive('contact', () => this.#contactOf(caller, known));
    const open: OpenHandlers = {
      name: () => this.#deps.ownName(),
      received: async (body) => this.#deps.inbox.chat(await contact(), body),
      receivedCount: () => this.#deps.inbox.receivedCount(),
    };
    const { identity } = caller;
    if (identity === null || acceptLink === null) return new OpenCapability(open, limits, guard);
    const link = (hello: Hello, remote: RemoteLink) => acceptLink(identity, hello, remote, guard);
    const dialBack = this.#deps.dialBack.forCaller({ identity, host: caller.remoteHost });
    const parley = {
      ...open,
      link,
      clock: async () => this.#deps.world.now(),
      dialBack,
    };
    return new ParleyCapability(parley, limits, guard);
  }

  /** The link capability of one contact. */
  linkCapability(id: ContactId, guard: CallGuard): LinkCapability {
    return new LinkCapability(this.#deps.linkHandlers(id), guard);
  }

  /** The call guard of one connection, shared by all its capabilities. */
  guard({ meter }: Pick<Caller, 'meter'>): CallGuard {
    const known = this.#guards.get(meter);
    if (known) return known;
    const guard = callGuard(meter, this.#deps.onUnexpected);
    this.#guards.set(meter, guard);
    return guard;
  }

  /** The contact with this authenticated identity, calling from `host`; a stranger is admitted. */
  identify(
    identity: Identity,
    host: string,
    { name, addresses }: Pick<Contact, 'name' | 'addresses'>,
  ): Promise<Contact> {
    const { book, limits, strangers, strangerPolicy } = this.#deps;
    return book.withIdentity(identity, async () => {
      const there = book.byIdentity(identity);
      if (there) return there;
      const shown = usableName(name, limits) || `Peer ${identity.slice(0, 8)}`;
      const add = (policy: Policy) =>
        book.add({
          kind: 'parley',
          name: shown,
          identity,
          trust: 'first-use',
          addresses,
          policy,
          chosen: false,
        });
      // A caller that resembles a contact is never accepted automatically.
      const resembles = () =>
        book.lookalikes({ id: '', identity, name: shown, addresses }).length > 0;
      return strangers.admit(strangerPolicy, host, add, resembles);
    });
  }

  async #contactOf(caller: Caller, known: ContactId | null): Promise<Contact> {
    const { book, strangers, strangerPolicy } = this.#deps;
    const contact = known === null ? null : book.find(known)?.contact;
    if (contact) return contact;
    const { identity, remoteHost } = caller;
    if (identity !== null) return this.identify(identity, remoteHost, { name: '', addresses: [] });
    const guest = book.guestAt(remoteHost);
    if (guest) return guest;
    return strangers.admit(strangerPolicy, remoteHost, (policy) =>
      book.add({
        kind: 'guest',
        name: `Caller at ${remoteHost}`,
        identity: null,
        trust: 'none',
        addresses: [remoteHost],
        policy,
        chosen: false,
      }),
    );
  }
}
