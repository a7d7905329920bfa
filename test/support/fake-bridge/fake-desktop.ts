import type { Bridge } from '../../../src/shared/bridge/bridge.ts';
import {
  DEFAULT_DESKTOP_SETTINGS,
  type DesktopAction,
  type DesktopEvent,
  type DesktopState,
  type DesktopTexts,
} from '../../../src/shared/bridge/desktop-bridge.ts';
import type { Outcome } from '../../../src/shared/bridge/outcome.ts';

/** Windows, as far as updates and the tray go: everything is there. */
export const FULL_DESKTOP: DesktopState = {
  settings: DEFAULT_DESKTOP_SETTINGS,
  keyProtection: 'system',
  update: { phase: 'idle' },
  closing: 'choice',
  hasLoginItem: true,
  loginItemWaits: false,
  system: 'windows',
  hasSpellCheck: true,
};

/** A Linux desktop without tray, keychain and dictionaries. */
export const BARE_DESKTOP: DesktopState = {
  settings: DEFAULT_DESKTOP_SETTINGS,
  keyProtection: 'file',
  update: { phase: 'manual', url: null },
  closing: 'quits',
  hasLoginItem: true,
  loginItemWaits: false,
  system: 'other',
  hasSpellCheck: false,
};

/** A desktop app of memory around the page, for showing and testing the renderer alone. */
export class FakeDesktop {
  readonly bridge: NonNullable<Bridge['desktop']>;
  /** What the page asked for beside its settings, in order. */
  readonly asked: string[] = [];
  texts: DesktopTexts | null = null;
  #state: DesktopState;
  readonly #listeners = new Set<Parameters<NonNullable<Bridge['desktop']>['subscribe']>[1]>();

  constructor(state: DesktopState) {
    this.#state = state;
    const answer = async <T>(value: T): Promise<Outcome<T>> => ({ ok: true, value });
    const note = (what: string): Promise<Outcome<null>> => {
      this.asked.push(what);
      return answer(null);
    };
    this.bridge = {
      desktopState: () => answer(this.#state),
      updateDesktop: (change) => {
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
      setDesktopTexts: (texts) => {
        this.texts = texts;
        return answer(null);
      },
      subscribe: (_afterSeq, listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    };
  }

  get state(): DesktopState {
    return this.#state;
  }

  /** The app changes by itself. */
  show(change: Partial<DesktopState>): void {
    this.#state = { ...this.#state, ...change };
    this.#tell({ type: 'state', state: this.#state });
  }

  /** A menu, the tray or a link requests an action. */
  perform(action: DesktopAction): void {
    this.#tell({ type: 'action', action });
  }

  #tell(event: DesktopEvent): void {
    for (const listener of this.#listeners) {
      listener({ type: 'events', events: [{ seq: 1, event }] });
    }
  }
}
