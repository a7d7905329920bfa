import type { Session, WebContents } from 'electron';
import type { Emits, Preventable } from '../base/emits.ts';

type Leaving = 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview';
export type GuardedContents = Pick<WebContents, 'setWindowOpenHandler'> &
  Emits<Record<Leaving, [Preventable]>>;
type GuardedApp = Emits<{ 'web-contents-created': [event: unknown, contents: GuardedContents] }>;
type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/**
 * Prevents every page from navigating, opening a window or embedding a web view. Our own `loadURL`
 * does not count as a navigation and is allowed. Call it before the first window.
 */
export function refuseNavigation(app: GuardedApp): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: Preventable): void => event.preventDefault();
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', refuse);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The page needs no camera, location or devices: every permission of Chromium is denied. */
export function refusePermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
