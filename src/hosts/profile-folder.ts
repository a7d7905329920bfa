import { join } from 'node:path';
import { isProfileName } from '../shared/model/profile-name.ts';
import { UsageError } from './usage-error.ts';

/** What determines the location of a profile. */
export interface FolderSystem {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder of a profile's data: the one that the Electron host uses, so that a profile can move
 * between the two. Throws a `UsageError` for an invalid profile name.
 */
export function profileFolder(profile: string, system: FolderSystem): string {
  if (!isProfileName(profile)) {
    throw new UsageError(
      `"${profile.slice(0, 60)}" is not a profile name: use up to 32 letters, digits, - and _.`,
    );
  }
  return join(appData(system), 'Parley', 'profiles', profile.toLowerCase(), 'peer');
}

/** The folder for application data, as Electron's `app.getPath('appData')` finds it. */
function appData({ platform, home, env }: FolderSystem): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    case 'win32':
      return env['APPDATA'] || join(home, 'AppData', 'Roaming');
    default:
      return env['XDG_CONFIG_HOME'] || join(home, '.config');
  }
}
