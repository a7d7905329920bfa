import type { WebFrameMain } from 'electron';

export type SenderFrame = Pick<WebFrameMain, 'origin'> & { readonly parent: unknown };

/** What every IPC event carries about its sender. */
export interface SenderEvent {
  readonly senderFrame: SenderFrame | null;
}

/**
 * Whether a message came from the main frame of a page of ours. Reading a frame that has gone
 * throws in Electron; whoever cannot be read is not trusted.
 */
export function isTrustedSender(event: SenderEvent, origin: string): boolean {
  try {
    const frame = event.senderFrame;
    return frame !== null && frame.parent === null && frame.origin === origin;
  } catch {
    return false;
  }
}
