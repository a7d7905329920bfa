import { EventEmitter } from 'node:events';

/** Electron's `crashReporter`, for an app that keeps its crashes to itself. */
export class CrashReporter {
  readonly #isReady: () => boolean;

  constructor(isReady: () => boolean) {
    this.#isReady = isReady;
  }

  start({ uploadToServer = true, ...more }: { readonly uploadToServer?: boolean }): void {
    if (this.#isReady()) throw new Error('crashReporter must be started before app is ready.');
    if (uploadToServer || Object.keys(more).length > 0) {
      throw new Error('The Electron stand-in plays no crash reports that leave the computer.');
    }
  }
}

/** Electron's `autoUpdater` where it can do nothing: on Linux, and in an app that is not packaged. */
export class AutoUpdater extends EventEmitter {
  setFeedURL(): void {
    throw new Error('Auto update is not supported on this system.');
  }

  checkForUpdates(): void {
    throw new Error('Auto update is not supported on this system.');
  }

  quitAndInstall(): void {
    throw new Error('Auto update is not supported on this system.');
  }
}
