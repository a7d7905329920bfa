import type { AutoUpdater } from 'electron';
import type { UpdateState } from '../../shared/bridge/desktop-bridge.ts';
import type { Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { Emits } from '../base/emits.ts';
import type { UpdateWay } from './update-feed.ts';
import {
  afterUpdateEvent,
  mayLook,
  NO_UPDATE,
  type UpdateEvent,
  updateStateOf,
} from './update-model.ts';

/** Electron's `autoUpdater`. It downloads a found version by itself. */
type Updater = Pick<AutoUpdater, 'setFeedURL' | 'checkForUpdates' | 'quitAndInstall'> &
  Emits<{
    'checking-for-update': [];
    'update-available': [];
    'update-not-available': [];
    'update-downloaded': [event: unknown, notes: unknown, name: unknown];
    error: [unknown];
  }>;

export interface UpdatesDeps {
  readonly updater: Updater;
  readonly way: UpdateWay;
  /** Calls `task` once, after `ms` milliseconds. */
  readonly after: (ms: number, task: () => void) => unknown;
  /** Starts quitting as the user would: the core stops first, then `leave` is called. */
  readonly quit: () => void;
  readonly onUnexpected: (error: unknown) => void;
}

/** The first check, after the start: right after an installation the installer is still running. */
const FIRST_LOOK = 60_000;
const LOOK_EVERY = 6 * 60 * 60_000;
const MAX_VERSION = 40;

/** Updates of the app, where this system supports them. */
export interface Updates {
  state(): UpdateState;
  /** Calls `listener` after each change of `state()`. */
  onState(listener: () => void): Unsubscribe;
  /** Checks for updates now, whatever `setEnabled` says; `onState` reports the progress. */
  check(): void;
  /** Quits the app and starts the version that is `ready`; does nothing when there is none. */
  install(): void;
  /** Whether it checks automatically. Called once at the start, and after each change. */
  setEnabled(on: boolean): void;
  /**
   * The last step of quitting, once the core has stopped. Returns whether the updater has taken
   * over: only when the user has requested the installation.
   */
  leave(): boolean;
}

/**
 * Checks for updates periodically, and downloads them. It never quits the app: a downloaded version
 * is used when Parley is next started, or when the user installs it.
 */
export function createUpdates(deps: UpdatesDeps): Updates {
  const { way } = deps;
  return way.way === 'updater' ? selfUpdates(deps, way.feed) : manualUpdates(way.url);
}

function manualUpdates(url: string | null): Updates {
  const state: UpdateState = { phase: 'manual', url };
  return {
    state: () => state,
    onState: () => () => {},
    check: () => {},
    install: () => {},
    setEnabled: () => {},
    leave: () => false,
  };
}

function selfUpdates({ updater, after, quit, onUnexpected }: UpdatesDeps, feed: string): Updates {
  const listeners = new Set<() => void>();
  let model = NO_UPDATE;
  let scheduled = false;
  let installing = false;
  let leaving = false;

  const take = (event: UpdateEvent): void => {
    model = afterUpdateEvent(model, event);
    for (const listener of [...listeners]) listener();
  };
  const fail = (error: unknown): void => {
    onUnexpected(error);
    take({ type: 'failed' });
    // The core has stopped: the app can only quit.
    if (leaving) quit();
  };
  const look = (): void => {
    if (!mayLook(model)) return;
    take({ type: 'checking' });
    try {
      updater.setFeedURL({ url: feed });
      updater.checkForUpdates();
    } catch (error) {
      fail(error);
    }
  };
  const lookByItself = (): void => {
    if (model.wanted) look();
    after(LOOK_EVERY, lookByItself);
  };

  updater.on('checking-for-update', () => take({ type: 'checking' }));
  updater.on('update-available', () => take({ type: 'available' }));
  updater.on('update-not-available', () => take({ type: 'none' }));
  updater.on('error', fail);
  updater.on('update-downloaded', (_event, _notes, name) =>
    take({ type: 'downloaded', version: shortName(name) }),
  );

  return {
    state: () => updateStateOf(model),
    onState: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    check: look,
    install: () => {
      if (model.ready === null || installing) return;
      installing = true;
      quit();
    },
    setEnabled: (on) => {
      if (on !== model.wanted) take({ type: 'wanted', on });
      if (scheduled) return;
      scheduled = true;
      after(FIRST_LOOK, lookByItself);
    },
    leave: () => {
      if (!installing || leaving) return false;
      leaving = true;
      updater.quitAndInstall();
      return true;
    },
  };
}

/** A release's name as a version, without misleading characters. */
function shortName(name: unknown): string {
  const text = typeof name === 'string' ? name : '';
  return text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_VERSION);
}
