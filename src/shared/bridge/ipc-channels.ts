import type { CommandName } from './chat-bridge.ts';
import type { DataBridge } from './data-bridge.ts';
import type { DesktopCommandName } from './desktop-bridge.ts';
import type { HostCommandName } from './host-bridge.ts';

/** Names of what passes between Electron's main process and the preload, known only to those two. */
export const IPC_CHANNELS = {
  /** Page to main, answered: puts a text on the clipboard. */
  copyText: 'parley:copy-text',
  /** Page to main, answered: opens a web address in the system's browser. */
  openExternal: 'parley:open-external',
  /** Page to main: a new document began, so subscriptions of the one before are over. */
  pageStarted: 'parley:page-started',
  /** Page to main: `(subscription number, afterSeq)`. */
  subscribe: 'parley:subscribe',
  /** Page to main: `(subscription number)`. */
  unsubscribe: 'parley:unsubscribe',
  /** Main to page: `(subscription number, EventBatch)`. */
  events: 'parley:events',
  /** Page to main: it listens for `openConversation` from now on. */
  openListening: 'parley:open-listening',
  /** Main to page: `(contactId)`; the user wants to see this conversation. */
  openConversation: 'parley:open-conversation',
  /** Page to main: it listens for the two below from now on. */
  desktopListening: 'parley:desktop-listening',
  /** Main to page: `(DesktopState)`. */
  desktopState: 'parley:desktop-state',
  /** Main to page: `(DesktopAction)`. */
  desktopAction: 'parley:desktop-action',
} as const;

/** The channel of one command: page to main, answered with an `Outcome`. */
export function commandChannel(name: CommandName): string {
  return `parley:command:${name}`;
}

/** The channel of one way to deal with the data as a whole: page to main, answered. */
export function dataChannel(name: keyof DataBridge): string {
  return `parley:data:${name}`;
}

/** The channel of one thing that the page does on the user's desktop: page to main, answered. */
export function hostChannel(name: HostCommandName): string {
  return `parley:host:${name}`;
}

/** The channel of one thing that the page asks of the desktop app: page to main, answered. */
export function desktopChannel(name: DesktopCommandName): string {
  return `parley:desktop:${name}`;
}
