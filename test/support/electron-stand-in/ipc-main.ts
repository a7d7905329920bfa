import { EventEmitter } from 'node:events';
import type { Frame } from './frames.ts';
import type { WebContents } from './web-contents.ts';
import { createCodec } from './world/codec.ts';
import type { FromPreload, ToPreload } from './world/preload-world.ts';

const codec = createCodec();

interface IpcEvent {
  readonly sender: WebContents;
  readonly senderFrame: Frame | null;
}
type Handler = (event: IpcEvent, ...args: unknown[]) => unknown;

/** The text of `args` on their way to a page; throws what cannot be cloned, as Electron does. */
export function packArgs(args: readonly unknown[]): string {
  return codec.encode(structuredClone(args));
}

/** Electron's `ipcMain`. */
export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  /** Takes a message from a page's frame; `answer` carries a handler's outcome back. */
  receive(
    message: Exclude<FromPreload, { kind: 'context-menu' }>,
    event: IpcEvent,
    answer: (message: ToPreload) => void,
  ): void {
    if (message.kind === 'failed') {
      console.error(`Unable to load preload script: ${message.reason}`);
      return;
    }
    const args = codec.decode(message.args) as unknown[];
    if (message.kind === 'send') {
      this.emit(message.channel, event, ...args);
      return;
    }
    const { id, channel } = message;
    this.#call(channel, event, args).then(
      (value) => answer({ kind: 'answer', id, ok: true, value }),
      (error: unknown) => {
        const value = `Error invoking remote method '${channel}': ${String(error)}`;
        answer({ kind: 'answer', id, ok: false, value });
      },
    );
  }

  async #call(channel: string, event: IpcEvent, args: unknown[]): Promise<string> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return codec.encode(structuredClone(await handler(event, ...args)));
  }
}
