import { DEFAULT_PORT } from '../../shared/address/address-authority.ts';
import type { CommandInput } from '../../shared/bridge/chat-bridge.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Reach, Settings } from '../../shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts';
import { usableSettings } from '../../shared/model/stored-settings.ts';
import { displayName, nameProblem } from '../../shared/model/text.ts';
import { ProblemError, problem, raise } from '../../shared/problems/problem.ts';
import type { Warnings } from '../base/warnings.ts';
import type { Store } from '../storage/store.ts';

export interface OwnSettingsDeps {
  readonly store: Pick<Store, 'settings' | 'saveSettings'>;
  readonly limits: Limits;
  readonly warnings: Warnings;
  /** Called when a change is stored and in effect. */
  readonly onChanged: () => void;
}

/** Options for this run: they override stored settings, and are stored themselves. */
export interface OwnSettingsOptions {
  readonly name?: string | undefined;
  readonly port?: number | undefined;
  /** Whether other computers may reach us; a `host` takes precedence. */
  readonly reach?: Reach | undefined;
  /** From where the open contract is answered. */
  readonly openContract?: Reach | undefined;
  /** The name of a new profile. */
  readonly defaultName: string;
}

/** The settings of this profile: stored, and announced when they change. */
export class OwnSettings {
  readonly #deps: OwnSettingsDeps;
  readonly #options: OwnSettingsOptions;
  #now: Settings;

  constructor(deps: OwnSettingsDeps, options: OwnSettingsOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#now = { ...DEFAULT_SETTINGS, name: options.defaultName, port: DEFAULT_PORT };
  }

  get now(): Settings {
    return this.#now;
  }

  /**
   * Reads the stored settings, as far as they are usable: no setting prevents a start. Resolves
   * with whether the settings are stored as they are now. Rejects with a `ProblemError` for an
   * unusable name.
   */
  async load(): Promise<boolean> {
    const { store, limits, warnings } = this.#deps;
    const { name, port, openContract, reach } = this.#options;
    const stored = await store.settings();
    const { settings: base, mended } =
      stored === null ? { settings: this.#now, mended: [] } : usableSettings(stored, this.#now);
    const wanted: Settings = {
      ...base,
      name: displayName(name ?? base.name, limits) || base.name,
      port: port ?? base.port,
      openContract: openContract ?? base.openContract,
      reach: reach ?? base.reach,
    };
    const refusal = nameProblem(name ?? wanted.name, limits);
    if (refusal) throw new ProblemError(refusal);
    this.#now = wanted;
    if (mended.length > 0) {
      warnings.set('settings', problem('settings-mended', { which: mended.join(', ') }));
    }
    return JSON.stringify(stored) === JSON.stringify(wanted);
  }

  /** Stores the current settings. */
  save(): Promise<void> {
    return this.#deps.store.saveSettings(this.#now);
  }

  /**
   * Changes the given settings. `apply` calls `save` and puts them into effect; if it rejects, they
   * stay as they were.
   */
  async update(
    change: CommandInput<'updateSettings'>,
    apply: (next: Settings, save: () => Promise<void>) => Promise<void>,
  ): Promise<Settings> {
    const { store, limits, warnings, onChanged } = this.#deps;
    const now = this.#now;
    const next: Settings = {
      name: change.name === undefined ? now.name : displayName(change.name, limits),
      port: change.port ?? now.port,
      reach: change.reach ?? now.reach,
      openContract: change.openContract ?? now.openContract,
      receipts: change.receipts ?? now.receipts,
      typing: change.typing ?? now.typing,
    };
    const refusal = nameProblem(change.name?.trim() ?? next.name, limits);
    if (refusal) throw new ProblemError(refusal);
    const { port } = change;
    if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
      raise('port-invalid', { port });
    }
    await apply(next, () => store.saveSettings(next));
    this.#now = next;
    warnings.set('settings', null);
    onChanged();
    return next;
  }
}
