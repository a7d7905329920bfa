import type { DesktopBridge, DesktopState } from '../../shared/bridge/desktop-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';

/** What the page knows of the desktop app around it: its state, brought up to date by the app. */
export class DesktopStore {
  readonly bridge: DesktopBridge;
  readonly #listeners = new Set<() => void>();
  #state: DesktopState | null = null;

  constructor(bridge: DesktopBridge) {
    this.bridge = bridge;
    bridge.onDesktopState((state) => this.#set(state));
    void this.keep(bridge.desktopState({}));
  }

  /** Null until the app has answered. */
  readonly get = (): DesktopState | null => this.#state;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Waits for a command that answers the new state, and keeps that. */
  async keep(asked: Promise<Outcome<DesktopState>>): Promise<Outcome<DesktopState>> {
    const outcome = await asked;
    if (outcome.ok) this.#set(outcome.value);
    return outcome;
  }

  #set(state: DesktopState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
