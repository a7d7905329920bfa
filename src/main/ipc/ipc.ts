import type { Clipboard, Shell } from 'electron';
import { externalLink } from '../../shared/address/external-link.ts';
import { COMMAND_NAMES, type PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { createDispatcher } from '../../shared/bridge/chat-schemas.ts';
import { DATA_NAMES, type DataBridge } from '../../shared/bridge/data-bridge.ts';
import { commandChannel, dataChannel, IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { problem } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import { isTrustedSender, type SenderEvent } from './sender.ts';
import { type PageContents, PageSubscriptions } from './subscriptions.ts';

export interface PageEvent extends SenderEvent {
  readonly sender: PageContents;
}

/** Electron's `ipcMain`, with arguments unknown instead of `any`: a page may send anything. */
export interface IpcPort {
  handle(channel: string, listener: (event: PageEvent, ...args: unknown[]) => unknown): void;
  on(channel: string, listener: (event: PageEvent, ...args: unknown[]) => void): unknown;
}

export interface IpcDeps {
  readonly ipcMain: IpcPort;
  readonly app: PeerApp;
  readonly data: DataBridge;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly shell: Pick<Shell, 'openExternal'>;
  /** The one origin that is listened to. */
  readonly origin: string;
  readonly onUnexpected: (error: unknown) => void;
}

/** Longest text put on the clipboard, in UTF-16 units. */
const MAX_COPY = 1_000_000;

/** The answer to whoever is not our page. */
export const REFUSED: Outcome<never> = {
  ok: false,
  problem: problem('bad-input', reason('command-foreign-page')),
};

/** Connects the core with our pages: one channel a command, and the stream of events. */
export function serveIpc(deps: IpcDeps): void {
  const { ipcMain, app, data, clipboard, shell, origin, onUnexpected } = deps;
  const dispatch = createDispatcher(app, onUnexpected);
  const subscriptions = new PageSubscriptions(app.subscribe);

  for (const name of COMMAND_NAMES) {
    ipcMain.handle(commandChannel(name), (event, input) =>
      isTrustedSender(event, origin) ? dispatch(name, input) : REFUSED,
    );
  }
  for (const name of DATA_NAMES) {
    ipcMain.handle(dataChannel(name), (event) =>
      isTrustedSender(event, origin) ? data[name]() : REFUSED,
    );
  }
  ipcMain.handle(IPC_CHANNELS.copyText, async (event, text) => {
    if (!isTrustedSender(event, origin)) return REFUSED;
    if (typeof text !== 'string' || text.length > MAX_COPY) {
      return { ok: false, problem: problem('bad-input', reason('command-long-text')) };
    }
    try {
      await clipboard.writeText(text);
      return { ok: true, value: null };
    } catch (error) {
      onUnexpected(error);
      return { ok: false, problem: problem('internal') };
    }
  });

  ipcMain.handle(IPC_CHANNELS.openExternal, async (event, text) => {
    if (!isTrustedSender(event, origin)) return REFUSED;
    const url = externalLink(text);
    if (url === null) return { ok: false, problem: problem('link-refused') };
    try {
      await shell.openExternal(url.href);
      return { ok: true, value: null };
    } catch {
      return { ok: false, problem: problem('no-browser') };
    }
  });

  const listen = (channel: string, task: (page: PageContents, args: unknown[]) => void): void => {
    ipcMain.on(channel, (event, ...args) => {
      if (isTrustedSender(event, origin)) task(event.sender, args);
    });
  };
  listen(IPC_CHANNELS.pageStarted, (page) => subscriptions.clear(page));
  listen(IPC_CHANNELS.subscribe, (page, [id, afterSeq]) => {
    if (isCount(id) && isCount(afterSeq)) subscriptions.add(page, id, afterSeq);
  });
  listen(IPC_CHANNELS.unsubscribe, (page, [id]) => {
    if (isCount(id)) subscriptions.remove(page, id);
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
