import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  Menu,
  type MenuItemConstructorOptions,
  type NativeImage,
  Notification,
  nativeImage,
  nativeTheme,
  screen,
  Tray,
} from 'electron';
import { systemWorld } from '../../core/base/system-world.ts';
import type { Handlers, Source } from '../../shared/bridge/channel.ts';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import type {
  DesktopAction,
  DesktopCommands,
  DesktopEvent,
  DesktopTexts,
} from '../../shared/bridge/desktop-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../shared/bridge/desktop-texts.ts';
import { DEFAULT_PROFILE } from '../../shared/model/profile-name.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { Pushes } from '../ipc/pushes.ts';
import { claimLinks } from '../os/links.ts';
import { loginItem } from '../os/login-item.ts';
import { hasTrayHost } from '../tray/dbus.ts';
import { TrayIcon, type TrayView } from '../tray/tray.ts';
import { WINDOW_ICON } from '../tray/tray-icon-data.ts';
import { whenTrayIsPresent } from '../tray/tray-presence.ts';
import { MainWindow } from '../window/window.ts';
import { layoutOf, placeFor, rememberPlace } from '../window/window-place.ts';
import { createDesktopCommands, type SystemServices } from './desktop-commands.ts';
import { DESKTOP_FILE, DesktopFile } from './desktop-settings-file.ts';
import type { LaunchOptions } from './launch-options.ts';
import { followPaused } from './paused.ts';
import type { ProfilePlace, SecondLaunch } from './profile.ts';

export interface DesktopUiDeps {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
  readonly options: LaunchOptions;
  readonly profile: ProfilePlace;
  readonly core: PeerApp;
  readonly services: SystemServices;
  readonly preload: string;
  readonly url: string;
  /** Told why what the app remembers could not be written, and, with null, that it was. */
  readonly onMemory?: (problem: Problem | null) => void;
  /** Stops the core synchronously: the system is shutting down. */
  readonly endNow: () => void;
  readonly onUnexpected: (error: unknown) => void;
}

/** The desktop around the page: its window, its tray, and what links and launches ask for. */
export interface DesktopUi {
  /** The desktop's channel. */
  readonly commands: Handlers<DesktopCommands>;
  readonly events: Source<DesktopEvent>;
  /** Opens the window, or brings it to the front. */
  presentWindow(): void;
  /** Brings the window to the front and performs an action in the page, once it is loaded. */
  perform(action: DesktopAction): void;
  /** Performs what this launch requests. */
  begin(): void;
  /** Performs what a later launch or a link requests. */
  launched(launch: SecondLaunch): void;
  /** Shows the unread count in the badge and in the tray. */
  setUnread(count: number): void;
  /** Its words in the user's language, as far as a page has told them. */
  texts(): DesktopTexts;
  /** The desktop's part of quitting. */
  stop(): void;
}

/** Timeout of the session bus's answer about a tray. Milliseconds. */
const BUS_TIMEOUT_MS = 2_000;

/** Puts window and tray together. Call it when `app` is ready and before the first window. */
export function startDesktopUi(deps: DesktopUiDeps): DesktopUi {
  const { platform, env, execPath, options, profile, core, services } = deps;
  const { preload, url, onUnexpected } = deps;
  const { after } = systemWorld;
  const file = new DesktopFile(join(profile.folder, DESKTOP_FILE), onUnexpected, deps.onMemory);
  const login = loginItem({
    app,
    platform,
    execPath,
    appImage: env['APPIMAGE'],
    profile: options.profile,
    defaultProfile: DEFAULT_PROFILE,
    usualFolder: options.data === undefined,
  });
  claimLinks({ app, platform, execPath });

  let view: TrayView = { unread: 0, paused: false, texts: ENGLISH_DESKTOP_TEXTS };
  let tray: TrayIcon<NativeImage, Menu | null> | null = null;
  const look = (change: Partial<TrayView>): void => {
    view = { ...view, ...change };
    tray?.show(view);
  };

  // Electron's types declare it on Linux and macOS only; Windows has an overlay instead.
  const setBadge = (): void => {
    try {
      app.setBadgeCount(view.unread);
    } catch (error) {
      onUnexpected(error);
    }
  };
  const displays = () => {
    const primary = screen.getPrimaryDisplay();
    return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
  };
  let told: Notification | null = null;
  const tellOnce = (): void => {
    if (platform === 'darwin' || file.memory.toldOfTray || !Notification.isSupported()) return;
    const { stillRunning: title, stillRunningHint: body } = view.texts;
    // Retained: a notification without references loses its clicks.
    told = new Notification({ title, body, silent: true });
    told.on('click', () => window.present());
    told.show();
    file.update({ toldOfTray: true });
  };
  const window = new MainWindow({
    create: (settings) => new BrowserWindow(settings),
    platform,
    icon: () => nativeImage.createFromDataURL(`data:image/png;base64,${WINDOW_ICON}`),
    isDark: () => nativeTheme.shouldUseDarkColors,
    preload,
    url,
    spellcheck: services.hasSpellCheck,
    placement: () => placeFor(file.memory.places, displays()),
    onPlace: (place) => {
      const here = { ...place, layout: layoutOf(displays()) };
      file.update({ places: rememberPlace(file.memory.places, here) });
    },
    // On macOS a closed window leaves its app running, and the page shows the notifications.
    hidesOnClose: () => platform === 'darwin' || (file.memory.closeToTray && tray !== null),
    onHidden: tellOnce,
    // Windows draws the badge over the taskbar button, which is a new one each time.
    onShown: () => {
      if (view.unread > 0) setBadge();
    },
    onSessionEnd: deps.endNow,
    after,
    onUnexpected,
  });

  const commands = createDesktopCommands({
    file,
    loginItem: login,
    platform,
    services,
    closing: () => (platform === 'darwin' ? 'hides' : tray === null ? 'quits' : 'choice'),
    setTexts: (texts) => look({ texts }),
    onChange: () => showState(),
  });
  const pushes = new Pushes<DesktopEvent>();
  const showState = (): void => pushes.tell({ type: 'state', state: commands.desktopState({}) });
  services.updates.onState(showState);
  services.updates.setEnabled(file.memory.autoUpdate);
  services.setSpellCheck(file.memory.spellCheck);

  const setPaused = (paused: boolean): void => void core.setPaused({ paused }).catch(onUnexpected);
  const trayDeps = {
    platform,
    emptyImage: () => nativeImage.createEmpty(),
    scaleFactor: () => screen.getPrimaryDisplay().scaleFactor,
    buildMenu: (items: MenuItemConstructorOptions[]) => Menu.buildFromTemplate(items),
    create: (image: NativeImage) => new Tray(image),
    presentWindow: () => window.present(),
    setPaused,
    quit: () => app.quit(),
  };
  const uid = process.getuid?.() ?? 0;
  const stopLooking = whenTrayIsPresent({
    platform,
    hasHost: () => hasTrayHost(env, uid, BUS_TIMEOUT_MS),
    after,
    onPresent: () => {
      try {
        const shown = new TrayIcon(trayDeps, view);
        tray = shown;
        screen.on('display-metrics-changed', () => {
          if (tray === shown) shown.redraw();
        });
        showState();
      } catch (error) {
        onUnexpected(error);
      }
    },
  });
  void followPaused(core, (paused) => look({ paused })).catch(onUnexpected);
  app.on('before-quit', () => window.quitting());

  const perform = (what: DesktopAction): void => {
    pushes.ask({ type: 'action', action: what });
    window.present();
  };
  const launched = ({ hidden, link }: SecondLaunch): void => {
    if (link !== null) perform({ type: 'connect', address: link });
    else if (hidden) window.prepare();
    else window.present();
  };
  return {
    commands,
    events: pushes.subscribe,
    presentWindow: () => window.present(),
    perform,
    launched,
    begin: () => {
      launched({ hidden: options.hidden || login.startedThisCopy(), link: options.link });
    },
    setUnread: (unread) => {
      look({ unread });
      setBadge();
    },
    texts: () => view.texts,
    stop: () => {
      stopLooking();
      tray?.destroy();
      tray = null;
      told?.close();
    },
  };
}
