import type { PeerAddress } from '../shared/address.ts';
import { isLoopbackHost } from '../shared/address.ts';
import { DEFAULT_PORT, type Limits } from '../shared/limits.ts';
import type { Identity, OwnAddress, Self, Settings } from '../shared/model.ts';
import { ProblemError, problemOf, raise } from '../shared/problem.ts';
import { nameProblem } from '../shared/text.ts';
import { VERSION } from '../shared/version.ts';
import type { InboundHandler, Listen, Listener } from './channel.ts';
import type { EventLog } from './event-log.ts';
import type { Store } from './store.ts';

export interface EndpointDeps {
  readonly listen: Listen;
  readonly store: Store;
  readonly events: EventLog;
  readonly limits: Limits;
  readonly identity: Identity | null;
  /** Our addresses as others can use them, when we listen there. */
  readonly addresses: (host: string, port: number) => readonly OwnAddress[];
}

export interface EndpointOptions {
  readonly host: string;
  /** Set only when the user named it: then it is this one or none. */
  readonly port: number | undefined;
  /** Set only when the user named it. */
  readonly name: string | undefined;
  /** What a new profile is called. */
  readonly defaultName: string;
}

/** Our own side: the name, the settings, and the listening server. */
export class Endpoint {
  readonly #deps: EndpointDeps;
  readonly #options: EndpointOptions;
  #settings: Settings;
  #listener: Listener | null = null;
  #handler: InboundHandler | null = null;

  constructor(deps: EndpointDeps, options: EndpointOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#settings = {
      name: options.name ?? options.defaultName,
      port: options.port ?? DEFAULT_PORT,
    };
  }

  /** Reads the stored settings and listens. Rejects with a `ProblemError` when it cannot. */
  async start(handler: InboundHandler): Promise<void> {
    const { host, name, port } = this.#options;
    const stored = await this.#deps.store.settings();
    const wanted: Settings = {
      name: name ?? stored?.name ?? this.#settings.name,
      port: port ?? stored?.port ?? this.#settings.port,
    };
    const refusal = nameProblem(wanted.name, this.#deps.limits);
    if (refusal) throw new ProblemError(refusal);
    this.#settings = wanted;
    this.#handler = handler;
    // A port that somebody chose is kept to; only our own default may give way to a free one.
    const searchPort = port === undefined && wanted.port === DEFAULT_PORT;
    this.#listener = await this.#deps.listen({ host, port: wanted.port, searchPort }, handler);
    if (stored?.name !== wanted.name || stored.port !== wanted.port) {
      await this.#deps.store.saveSettings(wanted);
    }
  }

  get name(): string {
    return this.#settings.name;
  }

  /** The port we listen on; null when we do not. */
  get port(): number | null {
    return this.#listener?.port ?? null;
  }

  self(): Self {
    const listener = this.#listener;
    return {
      name: this.#settings.name,
      identity: this.#deps.identity,
      listening: listener ? { host: listener.host, port: listener.port } : null,
      problem: null,
      addresses: listener ? this.#deps.addresses(listener.host, listener.port) : [],
      settings: this.#settings,
      version: VERSION,
    };
  }

  /** Whether dialling this address would reach ourselves. */
  isOwn(address: PeerAddress): boolean {
    if (address.port !== this.port) return false;
    if (isLoopbackHost(address.host)) return true;
    return this.self().addresses.some((own) => own.address.startsWith(`${address.host}:`));
  }

  /** Tells everyone our addresses as they are now. */
  addressesChanged(): void {
    this.#deps.events.publish({ type: 'self-changed', self: this.self() });
  }

  /** Changes what is given. A new port is listened on before the old one is let go. */
  async update(change: {
    name?: string | undefined;
    port?: number | undefined;
  }): Promise<Settings> {
    const next: Settings = {
      name: change.name === undefined ? this.#settings.name : change.name.trim(),
      port: change.port ?? this.#settings.port,
    };
    const refusal = nameProblem(next.name, this.#deps.limits);
    if (refusal) throw new ProblemError(refusal);
    if (!Number.isInteger(next.port) || next.port < 1 || next.port > 65_535) {
      raise('port-invalid', { port: next.port });
    }
    const old = this.#listener;
    const fresh = next.port === this.port ? null : await this.#listenOn(next.port);
    try {
      await this.#deps.store.saveSettings(next);
    } catch (error) {
      await fresh?.close();
      throw new ProblemError(problemOf(error), { cause: error });
    }
    this.#settings = next;
    if (fresh) this.#listener = fresh;
    this.addressesChanged();
    if (fresh) await old?.close();
    return next;
  }

  async stop(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    await listener?.close();
  }

  async #listenOn(port: number): Promise<Listener> {
    if (!this.#handler) raise('stopped');
    const { host } = this.#options;
    return this.#deps.listen({ host, port, searchPort: false }, this.#handler);
  }
}
