import { win32 } from 'node:path';
import type { ProjectPlaces } from '../base/manifest.ts';

export interface FeedDeps {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly version: string;
  readonly isPackaged: boolean;
  /** The app's program. */
  readonly program: string;
  readonly exists: (file: string) => boolean;
  readonly repository: ProjectPlaces['repository'];
}

/** How this app is updated. */
export type UpdateWay =
  /** The system's updater queries `feed`. */
  | { readonly way: 'updater'; readonly feed: string }
  /** The user downloads it from `url`; null when the build names no repository. */
  | { readonly way: 'manual'; readonly url: string | null };

/**
 * Electron's updater works for installed apps on macOS and Windows, and queries the service by
 * Electron's makers for releases on GitHub. Packages for Linux, an unpacked zip and a development
 * build are updated by the user.
 */
export function updateWay(deps: FeedDeps): UpdateWay {
  const { platform, arch, version, repository } = deps;
  if (repository === null) return { way: 'manual', url: null };
  const project = `${repository.owner}/${repository.name}`;
  if (!canReplaceItself(deps)) {
    return { way: 'manual', url: `https://github.com/${project}/releases/latest` };
  }
  const feed = `https://update.electronjs.org/${project}/${platform}-${arch}/${version}`;
  return { way: 'updater', feed };
}

function canReplaceItself({ platform, isPackaged, program, exists }: FeedDeps): boolean {
  if (!isPackaged) return false;
  if (platform === 'darwin') return true;
  // The installer puts its updater beside the folder of each version; an unpacked zip has none.
  return platform === 'win32' && exists(win32.join(win32.dirname(program), '..', 'Update.exe'));
}
