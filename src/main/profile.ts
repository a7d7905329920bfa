import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LaunchOptions } from './launch-options.ts';

/** What of Electron's `app` a profile needs. */
export interface ProfileApp {
  getPath(name: 'appData'): string;
  setPath(name: 'userData', path: string): void;
  requestSingleInstanceLock(additionalData: Record<string, string>): boolean;
  on(event: 'second-instance', listener: () => void): unknown;
}

/** The folder that holds everything of one profile. */
export function profileFolder(appData: string, options: LaunchOptions): string {
  if (options.data !== undefined) return resolve(options.data);
  return join(appData, 'Parley', 'profiles', options.profile);
}

/**
 * Makes this process the one running copy of its profile, or answers null when there is one already
 * (which then hears of it and calls its own `onSecondLaunch`). Each profile has a folder of its own,
 * the lock lies in that folder, and so two profiles run side by side. Call it before `app` is ready.
 */
export function claimProfile(
  app: ProfileApp,
  options: LaunchOptions,
  onSecondLaunch: () => void,
): { readonly dataDir: string } | null {
  const folder = profileFolder(app.getPath('appData'), options);
  // Electron refuses a path that does not exist. Only this user may look inside.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  if (!app.requestSingleInstanceLock({ profile: options.profile })) return null;
  app.on('second-instance', onSecondLaunch);
  // Chromium keeps its own files in `folder`: ours get a place beside them.
  return { dataDir: join(folder, 'peer') };
}
