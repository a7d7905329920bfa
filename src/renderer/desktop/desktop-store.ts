import type { Bridge } from '../../shared/bridge/bridge.ts';
import { eachEvent } from '../../shared/bridge/channel.ts';
import type { DesktopAction, DesktopState } from '../../shared/bridge/desktop-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';

export type DesktopChannel = NonNullable<Bridge['desktop']>;

/** What the page knows of the desktop app around it: its state, brought up to date by the app. */
export class DesktopStore {
  readonly bridge: DesktopChannel;
  readonly #listeners = new Set<() => void>();
  #state: DesktopState | null = null;
  #onAction: ((action: DesktopAction) => void) | null = null;
  /** The last one that came before anybody performed them. */
  #pending: DesktopAction | null = null;

  constructor(bridge: DesktopChannel) {
    this.bridge = bridge;
    eachEvent(bridge, (event) => {
      if (event.type === 'state') this.#set(event.state);
      else if (this.#onAction) this.#onAction(event.action);
      else this.#pending = event.action;
    });
    void this.keep(bridge.desktopState({}));
  }

  /** Null until the app has answered. */
  readonly get = (): DesktopState | null => this.#state;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls `perform` with each action that menus, the tray and links request. */
  onAction(perform: (action: DesktopAction) => void): () => void {
    this.#onAction = perform;
    const pending = this.#pending;
    this.#pending = null;
    if (pending) perform(pending);
    return () => {
      if (this.#onAction === perform) this.#onAction = null;
    };
  }

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
