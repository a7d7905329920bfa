import type { PeerAddress } from '../../shared/address/address.ts';
import { isLoopbackHost, parseAddress, sameAddress } from '../../shared/address/address.ts';
import { DEFAULT_PORT } from '../../shared/address/address-authority.ts';
import type { CommandInput } from '../../shared/bridge/chat-bridge.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Identity, OwnAddress, Reach, Self, Settings } from '../../shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts';
import { type UsableSettings, usableSettings } from '../../shared/model/stored-settings.ts';
import { displayName, nameProblem } from '../../shared/model/text.ts';
import { VERSION } from '../../shared/model/version.ts';
import { ProblemError, problem, problemOf, raise } from '../../shared/problems/problem.ts';
import type { EventLog } from '../base/event-log.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { Warnings } from '../base/warnings.ts';
import type { InboundHandler, Listen, Listener } from '../protocol/channel.ts';
import type { Store } from '../storage/store.ts';
import { HOSTS, onFirst, type Place } from './listen-address.ts';

export interface LocalEndpointDeps {
  readonly listen: Listen;
  readonly store: Store;
  readonly events: EventLog;
  readonly limits: Limits;
  readonly identity: Identity | null;
  readonly warnings: Warnings;
  /** Our addresses as others can use them, when we listen there. */
  readonly addresses: (host: string, port: number) => readonly OwnAddress[];
}

export interface LocalEndpointOptions {
  /** Set only when the user named it; otherwise the setting `reach` decides. */
  readonly host: string | undefined;
  /** Set only when the user named it; otherwise the setting decides. */
  readonly openContract: Reach | undefined;
  /** The same. */
  readonly reach?: Reach | undefined;
  /** Set only when the user named it: then it is this one or none. */
  readonly port: number | undefined;
  /** Set only when the user named it. */
  readonly name: string | undefined;
  /** What a new profile is called. */
  readonly defaultName: string;
  /**
   * Neither listens nor dials by itself, and writes no settings of its own: for a command on a
   * profile whose app does not run. Its own addresses are those that the app would have.
   */
  readonly quiet?: boolean;
}

/** The local endpoint: own name, settings, and the listening server. */
export class LocalEndpoint {
  readonly #deps: LocalEndpointDeps;
  readonly #options: LocalEndpointOptions;
  #settings: Settings;
  #listener: Listener | null = null;
  #handler: InboundHandler | null = null;
  /** Serializes changes of the settings. */
  readonly #mutex = new KeyedMutex<'settings'>();
  #stopped = false;
  /** While paused: where we listened, and will again. */
  #paused: Place | null = null;

  constructor(deps: LocalEndpointDeps, options: LocalEndpointOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#settings = {
      ...DEFAULT_SETTINGS,
      name: options.defaultName,
      port: DEFAULT_PORT,
    };
  }

  /** Reads the stored settings and listens. Rejects with a `ProblemError` when it cannot. */
  async start(handler: InboundHandler): Promise<void> {
    const { name, port, openContract, reach } = this.#options;
    const stored = await this.#deps.store.settings();
    const { settings: base, mended } = this.#usable(stored);
    const wanted: Settings = {
      ...base,
      name: displayName(name ?? base.name, this.#deps.limits) || base.name,
      port: port ?? base.port,
      openContract: openContract ?? base.openContract,
      reach: reach ?? base.reach,
    };
    const refusal = nameProblem(name ?? wanted.name, this.#deps.limits);
    if (refusal) throw new ProblemError(refusal);
    this.#settings = wanted;
    if (mended.length > 0) {
      this.#deps.warnings.set('settings', problem('settings-mended', { which: mended.join(', ') }));
    }
    if (this.#options.quiet) return;
    this.#handler = handler;
    this.#listener = await this.#listenFirst(wanted);
    if (JSON.stringify(stored) === JSON.stringify(wanted)) return;
    try {
      await this.#deps.store.saveSettings(wanted);
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  /** The stored settings as far as they can be used: none of them keeps a profile from starting. */
  #usable(stored: unknown): UsableSettings {
    if (stored === null) return { settings: this.#settings, mended: [] };
    return usableSettings(stored, this.#settings);
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

  get name(): string {
    return this.#settings.name;
  }

  get settings(): Settings {
    return this.#settings;
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

  /** Where others can reach us; nothing while we do not listen. */
  reachableAt(): readonly OwnAddress[] {
    const listener = this.#listener;
    return listener ? this.#deps.addresses(listener.host, listener.port) : [];
  }

  /** Whether a host is this computer, by whichever of its addresses, listened on or not. */
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
    return this.#mutex.runExclusive('settings', () => this.#update(change));
  }

  /**
   * Closes the port, or listens again. Rejects with a `ProblemError`, and stays paused, if the port is
   * not available.
   */
  setPaused(paused: boolean): Promise<void> {
    return this.#mutex.runExclusive('settings', async () => {
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
    await this.#mutex.runExclusive('settings', () => this.#leave());
  }

  async #update(change: CommandInput<'updateSettings'>): Promise<Settings> {
    if (this.#stopped) raise('stopped');
    const now = this.#settings;
    const next: Settings = {
      name: change.name === undefined ? now.name : displayName(change.name, this.#deps.limits),
      port: change.port ?? now.port,
      reach: change.reach ?? now.reach,
      openContract: change.openContract ?? now.openContract,
      receipts: change.receipts ?? now.receipts,
      typing: change.typing ?? now.typing,
    };
    const refusal = nameProblem(change.name?.trim() ?? next.name, this.#deps.limits);
    if (refusal) throw new ProblemError(refusal);
    const { port } = change;
    if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
      raise('port-invalid', { port });
    }
    // We may listen on another port than the settings say, when that one was taken: not to be
    // given up for a change of something else.
    const place = { port: port ?? this.port ?? now.port, reach: next.reach };
    const silent = this.#options.quiet || this.#paused !== null;
    const moves = !silent && (place.port !== this.port || next.reach !== now.reach);
    if (!moves) await this.#deps.store.saveSettings(next);
    else await this.#moveTo(place, () => this.#deps.store.saveSettings(next));
    this.#settings = next;
    this.#deps.warnings.set('settings', null);
    if (port !== undefined) this.#deps.warnings.set('port', null);
    if (this.#paused) this.#paused = { port: port ?? this.#paused.port, reach: next.reach };
    this.changed();
    return next;
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

  /** Where we listen when we do: as a quiet peer's app, or after a pause; null for any free port. */
  #usualPlace(): { readonly host: string; readonly port: number } | null {
    const { port, reach } = this.#paused ?? this.#settings;
    const [host] = HOSTS[reach];
    const silent = this.#options.quiet || this.#paused !== null;
    return silent && port !== 0 ? { host, port } : null;
  }

  /**
   * Moves the listener once `save` has succeeded: opens the new address before closing the old one, if
   * both are available at once. On failure the old one is kept, or opened again.
   */
  async #moveTo(place: Place, save: () => Promise<void>): Promise<void> {
    const old = this.#listener;
    const was: Place = { port: this.port ?? place.port, reach: this.#settings.reach };
    // The same port on other addresses: the old one is in the way.
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
