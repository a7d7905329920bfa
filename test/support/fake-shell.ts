import type { Outcome } from '../../src/shared/bridge/outcome.ts';
import {
  DEFAULT_SHELL_SETTINGS,
  type DesktopAction,
  type ShellBridge,
  type ShellState,
  type ShellTexts,
} from '../../src/shared/bridge/shell-bridge.ts';

/** Windows, as far as updates and the tray go: everything is there. */
export const FULL_SHELL: ShellState = {
  settings: DEFAULT_SHELL_SETTINGS,
  keyProtection: 'system',
  update: { phase: 'idle' },
  closing: 'choice',
  hasLoginItem: true,
  loginItemWaits: false,
  system: 'windows',
  hasSpellCheck: true,
};

/** A Linux desktop without tray, keychain and dictionaries. */
export const BARE_SHELL: ShellState = {
  settings: DEFAULT_SHELL_SETTINGS,
  keyProtection: 'file',
  update: { phase: 'manual', url: null },
  closing: 'quits',
  hasLoginItem: true,
  loginItemWaits: false,
  system: 'other',
  hasSpellCheck: false,
};

/** A desktop app of memory around the page, for showing and testing the renderer alone. */
export class FakeShell {
  readonly bridge: ShellBridge;
  /** What the page asked for beside its settings, in order. */
  readonly asked: string[] = [];
  texts: ShellTexts | null = null;
  #state: ShellState;
  readonly #listeners = new Set<(state: ShellState) => void>();
  readonly #actionListeners = new Set<(action: DesktopAction) => void>();

  constructor(state: ShellState) {
    this.#state = state;
    const answer = async <T>(value: T): Promise<Outcome<T>> => ({ ok: true, value });
    const note = (what: string): Promise<Outcome<null>> => {
      this.asked.push(what);
      return answer(null);
    };
    this.bridge = {
      shellState: () => answer(this.#state),
      updateShell: (change) => {
        const given = Object.entries(change).filter(([, value]) => value !== undefined);
        const settings = { ...this.#state.settings, ...Object.fromEntries(given) };
        this.#state = { ...this.#state, settings };
        return answer(this.#state);
      },
      checkForUpdate: () => {
        this.asked.push('check');
        this.show({ update: { phase: 'checking' } });
        return answer(this.#state);
      },
      installUpdate: () => note('install'),
      openLog: () => note('log'),
      setShellTexts: (texts) => {
        this.texts = texts;
        return answer(null);
      },
      onShellState: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
      onDesktopAction: (listener) => {
        this.#actionListeners.add(listener);
        return () => void this.#actionListeners.delete(listener);
      },
    };
  }

  get state(): ShellState {
    return this.#state;
  }

  /** The app changes by itself. */
  show(change: Partial<ShellState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener(this.#state);
  }

  /** A menu, the tray or a link requests an action. */
  perform(action: DesktopAction): void {
    for (const listener of this.#actionListeners) listener(action);
  }
}
