import { type SpawnOptions, spawn } from 'node:child_process';

interface Started {
  once(event: 'error' | 'spawn', listener: () => void): unknown;
  unref(): void;
}

export interface BrowserSystem {
  readonly platform: NodeJS.Platform;
  readonly start: (command: string, args: readonly string[], options: SpawnOptions) => Started;
}

const realSystem: BrowserSystem = { platform: process.platform, start: spawn };

/**
 * Asks the desktop to open a URL of ours. Resolves whether or not that worked: where there is no
 * desktop, the printed link is enough.
 */
export function openBrowser(url: string, system: BrowserSystem = realSystem): Promise<void> {
  const [command, args] = opener(url, system.platform);
  return new Promise((resolve) => {
    try {
      const child = system.start(command, args, { stdio: 'ignore', detached: true });
      child.once('error', () => resolve());
      child.once('spawn', () => resolve());
      child.unref();
    } catch {
      resolve();
    }
  });
}

function opener(url: string, platform: NodeJS.Platform): [string, readonly string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', [url]];
    case 'win32':
      // Not `start`, which is a word of the shell; nothing here goes through one.
      return ['rundll32', ['url.dll,FileProtocolHandler', url]];
    default:
      return ['xdg-open', [url]];
  }
}
