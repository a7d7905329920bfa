import type { Unsubscribe } from '../../shared/bridge/outcome.ts';
import type {
  DesktopAction,
  KeyProtection,
  ShellTexts,
  UpdateState,
} from '../../shared/bridge/shell-bridge.ts';

/** Newer versions of the app, as far as this system lets the app replace itself. */
export interface UpdateService {
  state(): UpdateState;
  /** Calls `listener` after each change of `state()`. */
  onState(listener: () => void): Unsubscribe;
  /** Looks for a newer version now, whatever `setEnabled` says; `onState` tells how it goes. */
  check(): void;
  /** Ends the app and starts the version that is `ready`; does nothing when there is none. */
  install(): void;
  /** Whether it looks by itself. Called once at the start, and after each change. */
  setEnabled(on: boolean): void;
}

/** What the shell asks of the parts that are about the operating system. None of it rejects. */
export interface SystemServices {
  keyProtection(): KeyProtection;
  readonly update: UpdateService;
  /** Shows the log of errors and crashes in the system's file manager. */
  openLog(): void;
  /** Puts menus into the user's language. */
  setTexts(texts: ShellTexts): void;
  /** Whether spelling is checked. Called once at the start, and after each change. */
  setSpellCheck(on: boolean): void;
  /** Whether this system has dictionaries to check spelling with. */
  hasSpellCheck(): boolean;
}

/** What menus and their like may do with the window and the page in it. */
export interface ShellActions {
  /** Opens the window, or brings it to the front. */
  presentWindow(): void;
  /** Brings the window to the front and has the page do something, as soon as there is a page. */
  perform(action: DesktopAction): void;
}
