import type {
  DesktopCommands,
  DesktopSettings,
  DesktopState,
  DesktopSystem,
  DesktopTexts,
  KeyProtection,
  WindowClosing,
} from '../../shared/bridge/desktop-bridge.ts';
import type { LoginItem } from '../os/login-item.ts';
import type { Updates } from '../updates/updates.ts';
import type { DesktopFile } from './desktop-settings-file.ts';

/** The services of the operating system that the app uses. None of them rejects. */
export interface SystemServices {
  readonly keyProtection: KeyProtection;
  readonly updates: Omit<Updates, 'leave'>;
  /** Shows the log of errors and crashes in the system's file manager. */
  readonly openLog: () => void;
  readonly setMenuTexts: (texts: DesktopTexts) => void;
  /** Whether spelling is checked. Called once at the start, and after each change. */
  readonly setSpellCheck: (on: boolean) => void;
  /** Whether this system has dictionaries to check spelling with. */
  readonly hasSpellCheck: boolean;
}

export interface DesktopCommandsDeps {
  readonly file: Pick<DesktopFile, 'memory' | 'update'>;
  readonly loginItem: LoginItem;
  readonly services: SystemServices;
  readonly platform: NodeJS.Platform;
  readonly closing: () => WindowClosing;
  readonly setTexts: (texts: DesktopTexts) => void;
  /** Is told after each change that the page asked for. */
  readonly onChange: () => void;
}

const SYSTEMS: Partial<Record<NodeJS.Platform, DesktopSystem>> = {
  darwin: 'mac',
  win32: 'windows',
};

/** What the page may ask of the desktop app, and what it shows of it. */
export function createDesktopCommands(deps: DesktopCommandsDeps): DesktopCommands {
  const { file, loginItem, services, platform, closing, setTexts, onChange } = deps;
  const { updates } = services;

  const state = (): DesktopState => {
    const { closeToTray, autoUpdate, spellCheck } = file.memory;
    const settings = { closeToTray, autoUpdate, spellCheck, startAtLogin: loginItem.isOn() };
    return {
      settings,
      keyProtection: services.keyProtection,
      update: updates.state(),
      closing: closing(),
      hasLoginItem: loginItem.available,
      loginItemWaits: loginItem.waits(),
      system: SYSTEMS[platform] ?? 'other',
      hasSpellCheck: services.hasSpellCheck,
    };
  };

  return {
    desktopState: state,
    updateDesktop: (wanted) => {
      const { startAtLogin, ...rest } = given(wanted);
      // First the step that can fail, so that nothing is half changed.
      if (startAtLogin !== undefined && loginItem.available) loginItem.set(startAtLogin);
      if (Object.keys(rest).length > 0) file.update(rest);
      if (rest.autoUpdate !== undefined) updates.setEnabled(rest.autoUpdate);
      if (rest.spellCheck !== undefined) services.setSpellCheck(rest.spellCheck);
      onChange();
      return state();
    },
    checkForUpdate: () => {
      updates.check();
      return state();
    },
    installUpdate: () => {
      updates.install();
      return null;
    },
    openLog: () => {
      services.openLog();
      return null;
    },
    setDesktopTexts: (texts) => {
      setTexts(texts);
      services.setMenuTexts(texts);
      return null;
    },
  };
}

type Wanted = Parameters<DesktopCommands['updateDesktop']>[0];

/** Without what is there but undefined: it would overwrite what is set. */
function given(wanted: Wanted): Partial<DesktopSettings> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}
