import type { WebFrameMain } from 'electron';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { problem } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import type { PageContents } from './subscriptions.ts';

export type SenderFrame = Pick<WebFrameMain, 'origin'> & { readonly parent: unknown };

export interface PageEvent {
  readonly sender: PageContents;
  readonly senderFrame: SenderFrame | null;
}

/** Electron's `ipcMain`, with arguments unknown instead of `any`: a page may send anything. */
export interface IpcPort {
  handle(channel: string, listener: (event: PageEvent, ...args: unknown[]) => unknown): void;
  on(channel: string, listener: (event: PageEvent, ...args: unknown[]) => void): unknown;
}

/** What each part needs that serves our page. */
export interface PageDeps {
  readonly ipcMain: IpcPort;
  /** The one origin that is listened to. */
  readonly origin: string;
  readonly onUnexpected: (error: unknown) => void;
}

/** The answer to a page that is not ours. */
export const REFUSED: Outcome<never> = {
  ok: false,
  problem: problem('bad-input', reason('command-foreign-page')),
};

/** `ipcMain` for our page: any other sender is refused, and what it sends is not heard. */
export function trustedIpc({ ipcMain, origin }: Pick<PageDeps, 'ipcMain' | 'origin'>): IpcPort {
  return {
    handle: (channel, listener) =>
      ipcMain.handle(channel, (event, ...args) =>
        isTrustedSender(event, origin) ? listener(event, ...args) : REFUSED,
      ),
    on: (channel, listener) =>
      ipcMain.on(channel, (event, ...args) => {
        if (isTrustedSender(event, origin)) listener(event, ...args);
      }),
  };
}

/**
 * Whether a message came from the main frame of a page of ours. Reading a frame that has gone
 * throws in Electron; a sender that cannot be read is not trusted.
 */
export function isTrustedSender(event: Pick<PageEvent, 'senderFrame'>, origin: string): boolean {
  try {
    const frame = event.senderFrame;
    return frame !== null && frame.parent === null && frame.origin === origin;
  } catch {
    return false;
  }
}
