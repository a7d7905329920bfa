import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App } from 'electron';
import { z } from 'zod';
import { addressOfLink } from '../../shared/address/parley-link.ts';
import type { Emits } from '../base/emits.ts';
import type { LaunchOptions } from './launch-options.ts';

export type ProfileApp = Pick<App, 'getPath' | 'setPath' | 'requestSingleInstanceLock'> &
  Emits<{ 'second-instance': [event: unknown, argv: unknown, folder: unknown, data: unknown] }>;

/** What a later launch asks of the running instance. */
export interface SecondLaunch {
  readonly hidden: boolean;
  /** As in `LaunchOptions`. */
  readonly link: string | null;
}

/** The location of a profile. */
export interface ProfilePlace {
  /** All of it. Chromium stores its own files there, so ours are in a folder beside them. */
  readonly folder: string;
  /** The core's part. */
  readonly dataDir: string;
}

/** The folder that holds everything of one profile. */
export function profileFolder(appData: string, options: LaunchOptions): string {
  if (options.data !== undefined) return resolve(options.data);
  return join(appData, 'Parley', 'profiles', options.profile);
}

/**
 * Makes this process the one running instance of its profile, or returns null when there is one
 * already (which is then notified by its own `onSecondLaunch`). Each profile has its own folder
 * with the lock in it, so two profiles run side by side. Call it before `app` is ready.
 */
export function claimProfile(
  app: ProfileApp,
  options: LaunchOptions,
  onSecondLaunch: (second: SecondLaunch) => void,
): ProfilePlace | null {
  const folder = profileFolder(app.getPath('appData'), options);
  // Electron refuses a path that does not exist. Only this user may access it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A default folder that others could write to is made private; a folder of the user's choice is
  // left alone.
  if (options.data === undefined) closeToOthers(folder);
  app.setPath('userData', folder);
  const { hidden, link } = options;
  // Not by `argv`: Chromium changes its order and adds to it.
  if (!app.requestSingleInstanceLock({ hidden, link })) return null;
  app.on('second-instance', (_event, _argv, _folder, data) => onSecondLaunch(secondLaunch(data)));
  return { folder, dataDir: join(folder, 'peer') };
}

function closeToOthers(folder: string): void {
  try {
    if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch {
    // Another user's: the core reports that for its own folder.
  }
}

const secondSchema = z.object({ hidden: z.boolean(), link: z.string().nullable() });

/** It may come from another version: anything invalid just shows the window. */
function secondLaunch(data: unknown): SecondLaunch {
  const parsed = secondSchema.safeParse(data);
  if (!parsed.success) return { hidden: false, link: null };
  return { hidden: parsed.data.hidden, link: addressOfLink(parsed.data.link) };
}
