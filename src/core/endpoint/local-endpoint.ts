import type { PeerAddress } from '../../shared/address/address.ts';
import { isLoopbackHost, parseAddress, sameAddress } from '../../shared/address/address.ts';
import { DEFAULT_PORT } from '../../shared/address/address-authority.ts';
import type { CommandInput } from '../../shared/bridge/chat-bridge.ts';
import type { Identity, OwnAddress, Self, Settings } from '../../shared/model/model.ts';
import { VERSION } from '../../shared/model/version.ts';
import { ProblemError, problem, problemOf, raise } from '../../shared/problems/problem.ts';
import type { EventLog } from '../base/event-log.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { Warnings } from '../base/warnings.ts';
import type { InboundHandler, Listen, Listener } from '../protocol/channel.ts';
import { HOSTS, onFirst, type Place } from './listen-address.ts';
import type { OwnSettings } from './own-settings.ts';

export interface LocalEndpointDeps {
  readonly listen: Listen;
  readonly settings: OwnSettings;
  readonly events: EventLog;
  readonly identity: Identity | null;
  readonly warnings: Warnings;
  /** Our addresses as others can use them, for this host and port. */
  readonly addresses: (host: string, port: number) => readonly OwnAddress[];
}

export interface LocalEndpointOptions {
  /** Set only when the user named it; otherwise the setting `reach` decides. */
  readonly host?: string | undefined;
  /** Set only when the user named it: then it is this one or none. */
  readonly port?: number | undefined;
  /**
   * Neither listens nor dials by itself, and stores no settings: for a command on a profile whose
   * app does not run. Its addresses are those that the app would have.
   */
  readonly quiet?: boolean | undefined;
}

/** The local endpoint: the listening server, as configured, and its state as shown to the user. */
export class LocalEndpoint {
  readonly #deps: LocalEndpointDeps;
  readonly #options: LocalEndpointOptions;
  #listener: Listener | null = null;
  #handler: InboundHandler | null = null;
  /** Serializes changes of the listening address. */
  readonly #mutex = new KeyedMutex<'listener'>();
  #stopped = false;
  /** While paused: where we listened, and will again. */
  #paused: Place | null = null;

  constructor(deps: LocalEndpointDeps, options: LocalEndpointOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  get #settings(): Settings {
    return this.#deps.settings.now;
  }

  /** Reads the stored settings and listens. Rejects with a `ProblemError` when it cannot. */
  async start(handler: InboundHandler): Promise<void> {
    const { settings } = this.#deps;
    const isStored = await settings.load();
    if (this.#options.quiet) return;
    this.#handler = handler;
    this.#listener = await this.#listenFirst(settings.now);
    if (isStored) return;
    try {
      await settings.save();
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  /** Listens as the settings say. A forbidden port in the settings must not lock the user out. */
  async #listenFirst(wanted: Settings): Promise<Listener> {
    try {
      return await this.#listenOn(wanted, this.#searchesPort());
    } catch (error) {
      const refusal = problemOf(error);
      if (refusal.code !== 'port-forbidden' || this.#options.port !== undefined) throw error;
      this.#deps.warnings.set('port', refusal);
      return this.#listenOn({ ...wanted, port: DEFAULT_PORT }, true);
    }
  }

  /** Whether a caller without a proven identity is answered. */
  answersOpenContract(remoteHost: string): boolean {
    return this.#settings.openContract === 'network' || isLoopbackHost(remoteHost);
  }

  /** The port we listen on; null when we do not. */
  get port(): number | null {
    return this.#listener?.port ?? null;
  }

  self(): Self {
    const listener = this.#listener;
    const place = listener ?? this.#usualPlace();
    return {
      name: this.#settings.name,
      identity: this.#deps.identity,
      listening: listener ? { host: listener.host, port: listener.port } : null,
      problem: this.#paused && problem('paused'),
      warnings: this.#deps.warnings.all,
      addresses: place ? this.#deps.addresses(place.host, place.port) : [],
      settings: this.#settings,
      version: VERSION,
    };
  }

  /** Whether dialling this address would reach ourselves. */
  isOwn(address: PeerAddress): boolean {
    if (address.port !== (this.port ?? this.#usualPlace()?.port)) return false;
    if (isLoopbackHost(address.host)) return true;
    return this.self().addresses.some((own) => {
      const parsed = parseAddress(own.address);
      return parsed.ok && sameAddress(parsed.address, address);
    });
  }

  /** Our addresses as others can reach them; empty while we do not listen. */
  reachableAt(): readonly OwnAddress[] {
    const listener = this.#listener;
    return listener ? this.#deps.addresses(listener.host, listener.port) : [];
  }

  /** Whether a host is this computer, by any of its addresses, listened on or not. */
  isOwnHost(host: string): boolean {
    if (isLoopbackHost(host)) return true;
    return this.#deps.addresses('::', DEFAULT_PORT).some(({ address }) => {
      const parsed = parseAddress(address);
      return parsed.ok && parsed.address.host === host;
    });
  }

  /** An own address, a setting or a warning has changed. */
  changed(): void {
    this.#deps.events.publish({ type: 'self-changed', self: this.self() });
  }

  /** Changes the given settings. A new port is opened before the old one is closed. */
  update(change: CommandInput<'updateSettings'>): Promise<Settings> {
    return this.#mutex.runExclusive('listener', async () => {
      if (this.#stopped) raise('stopped');
      const { settings, warnings } = this.#deps;
      const before = settings.now;
      const changed = await settings.update(change, async (next, save) => {
        // We may listen on another port than configured, when that one was taken: an unrelated
        // change must not give it up.
        const port = change.port ?? this.#paused?.port ?? this.port ?? before.port;
        const place: Place = { port, reach: next.reach };
        const moves = !this.#isSilent && (port !== this.port || next.reach !== before.reach);
        await (moves ? this.#moveTo(place, save) : save());
        if (this.#paused) this.#paused = place;
      });
      if (change.port !== undefined) warnings.set('port', null);
      return changed;
    });
  }

  /**
   * Closes the port, or listens again. Rejects with a `ProblemError`, and stays paused, if the port is
   * not available.
   */
  setPaused(paused: boolean): Promise<void> {
    return this.#mutex.runExclusive('listener', async () => {
      if (this.#stopped) raise('stopped');
      if (paused === (this.#paused !== null) || this.#options.quiet) return;
      if (this.#paused) {
        this.#listener = await this.#listenOn(this.#paused, this.#searchesPort());
        this.#paused = null;
      } else {
        const { port, reach } = this.#settings;
        this.#paused = { port: this.port ?? port, reach };
        await this.#leave();
      }
      this.changed();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#mutex.runExclusive('listener', () => this.#leave());
  }

  async #leave(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    await listener?.close();
  }

  /** Only the default port may be replaced by a free one, never a port that the user chose. */
  #searchesPort(): boolean {
    return this.#options.port === undefined && this.#settings.port === DEFAULT_PORT;
  }

  /**
   * Where we listen when we do: as the app of a quiet peer, or after a pause; null for any free
   * port.
   */
  #usualPlace(): { readonly host: string; readonly port: number } | null {
    const { port, reach } = this.#paused ?? this.#settings;
    const [host] = HOSTS[reach];
    return this.#isSilent && port !== 0 ? { host, port } : null;
  }

  get #isSilent(): boolean {
    return this.#options.quiet === true || this.#paused !== null;
  }

  /**
   * Moves the listener once `save` has succeeded: opens the new address before closing the old one,
   * if both are available at once. On failure the old one is kept, or opened again.
   */
  async #moveTo(place: Place, save: () => Promise<void>): Promise<void> {
    const old = this.#listener;
    const was: Place = { port: this.port ?? place.port, reach: this.#settings.reach };
    // The same port on other addresses: the old listener blocks it.
    const inTheWay = old !== null && place.port === old.port;
    if (inTheWay) await this.#leave();
    try {
      const fresh = await this.#listenOn(place, false);
      try {
        await save();
      } catch (error) {
        await fresh.close();
        throw new ProblemError(problemOf(error), { cause: error });
      }
      this.#listener = fresh;
    } catch (error) {
      if (inTheWay) this.#listener = await this.#listenOn(was, false);
      throw error;
    }
    if (!inTheWay) await old?.close();
  }

  async #listenOn({ port, reach }: Place, searchPort: boolean): Promise<Listener> {
    const handler = this.#handler ?? raise('stopped');
    const { host } = this.#options;
    const hosts = host === undefined ? HOSTS[reach] : ([host] as const);
    return onFirst(hosts, (it) => this.#deps.listen({ host: it, port, searchPort }, handler));
  }
}
