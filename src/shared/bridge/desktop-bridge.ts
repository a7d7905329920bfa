import type menus from './menus.json';

/** What the user may change about the desktop app itself. It is kept in the profile, per computer. */
export interface DesktopSettings {
  /** Closing the window leaves Parley running, and reachable, in the tray. */
  readonly closeToTray: boolean;
  /** Starts, without a window, when the user logs in. */
  readonly startAtLogin: boolean;
  /** Looks for new versions by itself. */
  readonly autoUpdate: boolean;
  readonly spellCheck: boolean;
}

export const DEFAULT_DESKTOP_SETTINGS: DesktopSettings = {
  closeToTray: false,
  startAtLogin: false,
  autoUpdate: true,
  spellCheck: true,
};

/**
 * What keeps the identity's private key from other programs and other people.
 * - `system`: the operating system's keychain holds what it is encrypted with
 * - `file`: nothing but the permissions of its file: this system offers no keychain, or only one
 *   whose password is known
 */
export type KeyProtection = 'system' | 'file';

/**
 * Where the app stands with newer versions of itself.
 * - `manual`: this system's packages are not replaced by the app; `url` is where new ones are, null
 *   when this build names no place
 * - `off`: the user does not want it
 * - `ready`: it is downloaded, and takes over when Parley is started again
 */
export type UpdateState =
  | { readonly phase: 'manual'; readonly url: string | null }
  | { readonly phase: 'off' | 'idle' | 'checking' | 'downloading' }
  | { readonly phase: 'ready'; readonly version: string }
  | { readonly phase: 'failed' };

/**
 * What closing the window does.
 * - `choice`: what `closeToTray` says
 * - `hides`: the app stays, as all do on macOS
 * - `quits`: this system has no place for a tray icon to come back from
 */
export type WindowClosing = 'choice' | 'hides' | 'quits';

/** Which system's own ways the page explains. */
export type DesktopSystem = 'mac' | 'windows' | 'other';

/** The desktop app as its own page shows it. */
export interface DesktopState {
  readonly settings: DesktopSettings;
  readonly keyProtection: KeyProtection;
  readonly update: UpdateState;
  readonly closing: WindowClosing;
  /** Whether the app can ask this system to start it at login. */
  readonly hasLoginItem: boolean;
  /** The system has been asked to start it at login, and waits for its user's consent. */
  readonly loginItemWaits: boolean;
  readonly system: DesktopSystem;
  /** Whether this system has dictionaries to check spelling with: none is downloaded for it. */
  readonly hasSpellCheck: boolean;
}

/** The words of menus and tray in the user's language; the page has the catalogs. */
export type DesktopTexts = Readonly<Record<keyof typeof menus, string>>;

/** The longest of these texts, in UTF-16 units. */
export const MAX_DESKTOP_TEXT = 200;

/** What the page asks of the desktop app. */
export interface DesktopCommands {
  desktopState(input: Record<string, never>): DesktopState;
  updateDesktop(
    input: { [Key in keyof DesktopSettings]?: DesktopSettings[Key] | undefined },
  ): DesktopState;
  /** Looks for a newer version now. */
  checkForUpdate(input: Record<string, never>): DesktopState;
  /** Ends the app and starts the version that is `ready`; does nothing when there is none. */
  installUpdate(input: Record<string, never>): null;
  /** Shows the log of errors and crashes in the system's file manager. */
  openLog(input: Record<string, never>): null;
  setDesktopTexts(input: DesktopTexts): null;
}

/**
 * An action that a menu, the tray or a link requests of the page. `connect` only fills in the address:
 * clicking a link never connects by itself.
 */
export type DesktopAction =
  | { readonly type: 'new-chat' | 'settings' | 'find' | 'shortcuts' | 'about' }
  | { readonly type: 'connect'; readonly address: string };

/** What the desktop app tells its page: its new state, or what it is to do. */
export type DesktopEvent =
  | { readonly type: 'state'; readonly state: DesktopState }
  | { readonly type: 'action'; readonly action: DesktopAction };
