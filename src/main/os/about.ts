import type { App } from 'electron';

type AboutApp = Pick<App, 'getVersion' | 'setAboutPanelOptions'>;

/** The versions of the runtimes. */
export interface Versions {
  readonly electron?: string;
  readonly chrome?: string;
  readonly node: string;
}

/** `Electron 45.4.1, Chromium 150.0, Node 24.21.0`; unknown ones are left out. */
export function runsOn({ electron, chrome, node }: Versions): string {
  const parts = [
    electron === undefined ? null : `Electron ${electron}`,
    chrome === undefined ? null : `Chromium ${chrome}`,
    `Node ${node}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** Sets the texts of the system's own "About" panel, where it has one. */
export function describeApp(app: AboutApp, versions: Versions, website: string | null): void {
  app.setAboutPanelOptions({
    applicationName: 'Parley',
    applicationVersion: app.getVersion(),
    // macOS shows it in brackets after the version: empty, rather than Electron's.
    version: '',
    credits: runsOn(versions),
    ...(website !== null && { website }),
  });
}
