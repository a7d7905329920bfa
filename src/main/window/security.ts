/** What a navigation event needs for being refused. */
interface Refusable {
  preventDefault(): void;
}

/** What of Electron's `webContents` is locked down. */
export interface GuardedContents {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    listener: (event: Refusable) => void,
  ): unknown;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
}

export interface GuardedApp {
  on(
    event: 'web-contents-created',
    listener: (event: unknown, contents: GuardedContents) => void,
  ): unknown;
}

/** What of Electron's `session` is locked down. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
}

/**
 * No page of ours ever leaves for another one, opens a window or embeds a web view, whatever made
 * it try. Our own `loadURL` is not a navigation in this sense and goes through. Call it before the
 * first window.
 */
export function refuseNavigation(app: GuardedApp): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: Refusable): void => event.preventDefault();
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', refuse);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The page needs no camera, no location, no devices: it gets none of what Chromium could grant. */
export function refusePermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
