import type { ElectronApplication } from 'playwright-core';

/** What there is to see of the app's one window, by Electron itself. */
export interface Look {
  readonly bounds: { x: number; y: number; width: number; height: number };
  readonly visible: boolean;
  /** `#RRGGBB`. */
  readonly background: string;
  readonly dark: boolean;
}

/** How the window looks at this moment. Rejects when there is not exactly one. */
export function lookAtWindow(app: ElectronApplication): Promise<Look> {
  return app.evaluate(({ BrowserWindow, nativeTheme }) => {
    const [window, ...more] = BrowserWindow.getAllWindows();
    if (window === undefined || more.length > 0) throw new Error('Not one window.');
    return {
      bounds: window.getNormalBounds(),
      visible: window.isVisible(),
      background: window.getBackgroundColor(),
      dark: nativeTheme.shouldUseDarkColors,
    };
  });
}

/** Closes the window as its own button does, or hides it as no user can. */
export function windowDoes(app: ElectronApplication, what: 'close' | 'hide'): Promise<void> {
  return app.evaluate(({ BrowserWindow }, wanted) => {
    for (const window of BrowserWindow.getAllWindows()) window[wanted]();
  }, what);
}
