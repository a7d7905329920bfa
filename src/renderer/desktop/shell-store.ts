import type { Outcome } from '../../shared/bridge/outcome.ts';
import type { ShellBridge, ShellState } from '../../shared/bridge/shell-bridge.ts';

/** What the page knows of the desktop app around it: its state, brought up to date by the app. */
export class ShellStore {
  readonly bridge: ShellBridge;
  readonly #listeners = new Set<() => void>();
  #state: ShellState | null = null;

  constructor(bridge: ShellBridge) {
    this.bridge = bridge;
    bridge.onShellState((state) => this.#set(state));
    void this.keep(bridge.shellState({}));
  }

  /** Null until the app has answered. */
  readonly get = (): ShellState | null => this.#state;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Waits for a command that answers the new state, and keeps that. */
  async keep(asked: Promise<Outcome<ShellState>>): Promise<Outcome<ShellState>> {
    const outcome = await asked;
    if (outcome.ok) this.#set(outcome.value);
    return outcome;
  }

  #set(state: ShellState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
