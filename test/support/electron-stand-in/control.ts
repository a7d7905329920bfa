import type { PowerEvent } from './power.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The tray icon as the user sees it. */
export interface TrayReport {
  /** A hash of the picture. */
  readonly image: string;
  readonly toolTip: string;
  readonly menu: readonly string[];
}

/** What a stand-in app tells the test that started it. */
export type Report =
  /** Chromium runs; a test may attach to it there. */
  | { readonly type: 'ready'; readonly endpoint: string }
  | { readonly type: 'window-opened'; readonly targetId: string }
  | { readonly type: 'window-focused'; readonly targetId: string }
  | { readonly type: 'window-closed'; readonly targetId: string }
  /** A window that was not in view is; where, and how large. */
  | {
      readonly type: 'window-shown';
      readonly bounds: Bounds;
      readonly state: 'normal' | 'maximized' | 'full-screen';
    }
  | { readonly type: 'window-hidden' }
  /** What stands in the tray, after each change; null: nothing any more. */
  | { readonly type: 'tray'; readonly tray: TrayReport | null }
  /** A document that the app had asked for is loaded, also when it had been there before. */
  | { readonly type: 'page-loaded'; readonly targetId: string }
  /** An error in a page: an exception nobody caught, a request or code that its policy forbade. */
  | { readonly type: 'page-error'; readonly text: string }
  | { readonly type: 'clipboard'; readonly text: string }
  | { readonly type: 'open-external'; readonly url: string }
  /** The app asks for a file; `choose-file` answers. */
  | {
      readonly type: 'file-dialog';
      readonly kind: 'open' | 'save';
      readonly proposed: string | null;
    }
  | { readonly type: 'open-external'; readonly url: string }
  | {
      readonly type: 'notification-shown';
      readonly id: number;
      readonly title: string;
      readonly body: string;
      /** Whether it makes no sound. */
      readonly silent: boolean;
    }
  | { readonly type: 'notification-closed'; readonly id: number }
  /** The system has refused to show one, and the app knows. */
  | { readonly type: 'notification-refused' }
  /** The number at the app's icon. */
  | { readonly type: 'badge'; readonly count: number }
  /** A file that the system's file manager is to show. */
  | { readonly type: 'show-item'; readonly path: string }
  /** The menu bar, when it is put up or changed. */
  | { readonly type: 'menu'; readonly labels: readonly string[] }
  /** A context menu that opened: `-` between groups, in brackets what cannot be chosen. */
  | { readonly type: 'context-menu'; readonly items: readonly string[] }
  | { readonly type: 'error-box'; readonly title: string; readonly content: string }
  /** A message that wants an answer; `answer-question` gives it. */
  | { readonly type: 'question'; readonly message: string; readonly buttons: readonly string[] }
  /** Answered, or taken away by the app. */
  | { readonly type: 'question-closed'; readonly message: string }
  /** Once it has ended, it would be started again. */
  | { readonly type: 'relaunch' };

/** What a test does to a stand-in app in the user's or the system's place. */
export type Order =
  /** As by Cmd+Q or the menu. */
  | { readonly type: 'quit' }
  /** As by the window's close button. */
  | { readonly type: 'close-windows' }
  | { readonly type: 'minimize-windows' }
  | { readonly type: 'maximize-windows' }
  /** As by dragging the window and its edges. */
  | { readonly type: 'place-windows'; readonly bounds: Bounds }
  | { readonly type: 'click-tray' }
  /** A line of the tray's menu is chosen. */
  | { readonly type: 'choose-in-tray'; readonly label: string }
  /** macOS opens a link with the app. */
  | { readonly type: 'open-url'; readonly url: string }
  /** The user's answer to the file dialog that was asked for first; null closes it. */
  | { readonly type: 'choose-file'; readonly path: string | null }
  /** The user's answer to the question that is open: a button's number. */
  | { readonly type: 'answer-question'; readonly button: number }
  /** The user clicks on a notification. */
  | { readonly type: 'click-notification'; readonly id: number }
  /** Windows puts it into the list of all, where it stays. */
  | { readonly type: 'time-out-notification'; readonly id: number }
  /** The user changes in the system's settings whether the app may show any; it may, at first. */
  | { readonly type: 'allow-notifications'; readonly allow: boolean }
  /** An item of the menu bar: its menu's word, and its own. */
  | { readonly type: 'choose-in-menu'; readonly path: readonly [string, string] }
  | { readonly type: 'choose-in-context-menu'; readonly label: string }
  /** The user unlocks the keychain that the app waits for. */
  | { readonly type: 'unlock-keychain' }
  /** The computer sleeps, wakes, is locked or unlocked. */
  | { readonly type: 'power'; readonly event: PowerEvent }
  /** The user logs off Windows, which ends the app. */
  | { readonly type: 'end-session' }
  /** The process of each page ends. */
  | { readonly type: 'crash-pages' }
  /** Something in the app's own code throws, where nobody catches it. */
  | { readonly type: 'throw'; readonly message: string }
  /** As by the menu. */
  | { readonly type: 'reload-windows' };

export function report(message: Report): void {
  process.send?.(message);
}

export function onOrder(listener: (order: Order) => void): void {
  process.on('message', (order) => listener(order as Order));
  // Nobody is left to use the app.
  process.on('disconnect', () => process.exit(1));
}
