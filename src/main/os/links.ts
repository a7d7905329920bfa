import type { App } from 'electron';
import { addressOfLink, LINK_SCHEME } from '../../shared/address/parley-link.ts';
import type { Emits, Preventable } from '../base/emits.ts';
import { lastingProgram } from './windows-place.ts';

export type LinkApp = Emits<{ 'open-url': [event: Preventable, url: string] }> &
  Pick<App, 'isPackaged' | 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient'>;

export interface LinkDeps {
  readonly app: LinkApp;
  readonly platform: NodeJS.Platform;
  readonly execPath: string;
}

/**
 * Listens for `parley://` links that macOS opens with us, and calls `onLink` with the address of
 * each; the other systems start us with the link as an argument. Call it at once: macOS emits a
 * link that starts the app before the app is ready.
 */
export function listenForLinks(app: Pick<LinkApp, 'on'>, onLink: (address: string) => void): void {
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const address = addressOfLink(url);
    if (address !== null) onLink(address);
  });
}

/**
 * Registers this app for `parley://` links, on Windows and macOS. On Linux the package's desktop
 * entry does. A development build leaves the registration to the installed app; it is tested with
 * the link as an argument (`npm start -- parley://host:8080`).
 */
export function claimLinks({ app, platform, execPath }: LinkDeps): void {
  if (!app.isPackaged || platform === 'linux') return;
  // Not the program of one version: after an update, links would start the old one, or nothing.
  const program = platform === 'win32' ? lastingProgram(execPath) : execPath;
  app.setAsDefaultProtocolClient(LINK_SCHEME, program, BEHIND);
}

/** Removes the registration on Windows, if it names this very program. */
export function disclaimLinks({ app, execPath }: Pick<LinkDeps, 'app' | 'execPath'>): void {
  for (const program of new Set([lastingProgram(execPath), execPath])) {
    app.removeAsDefaultProtocolClient(LINK_SCHEME, program, BEHIND);
  }
}

/** Nothing in a link can be read as an option: it follows this. */
const BEHIND = ['--'];
