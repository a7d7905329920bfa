import type { Clipboard, Shell } from 'electron';
import { externalLink } from '../../shared/address/external-link.ts';
import { COMMAND_NAMES, type PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { createDispatcher } from '../../shared/bridge/chat-schemas.ts';
import { DATA_NAMES, type DataBridge } from '../../shared/bridge/data-bridge.ts';
import { commandChannel, dataChannel, IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import { problem } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import { type PageDeps, trustedIpc } from './sender.ts';
import { PageSubscriptions } from './subscriptions.ts';

export interface IpcDeps extends PageDeps {
  readonly app: PeerApp;
  readonly data: DataBridge;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly shell: Pick<Shell, 'openExternal'>;
}

/** Longest text put on the clipboard, in UTF-16 units. */
const MAX_COPY = 1_000_000;

/** Connects the core with our pages: one channel a command, and the stream of events. */
export function serveIpc(deps: IpcDeps): void {
  const { app, data, clipboard, shell, onUnexpected } = deps;
  const ipc = trustedIpc(deps);
  const dispatch = createDispatcher(app, onUnexpected);
  const subscriptions = new PageSubscriptions(app.subscribe);

  for (const name of COMMAND_NAMES) {
    ipc.handle(commandChannel(name), (_event, input) => dispatch(name, input));
  }
  for (const name of DATA_NAMES) ipc.handle(dataChannel(name), () => data[name]());
  ipc.handle(IPC_CHANNELS.copyText, async (_event, text) => {
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

  ipc.handle(IPC_CHANNELS.openExternal, async (_event, text) => {
    const url = externalLink(text);
    if (url === null) return { ok: false, problem: problem('link-refused') };
    try {
      await shell.openExternal(url.href);
      return { ok: true, value: null };
    } catch {
      return { ok: false, problem: problem('no-browser') };
    }
  });

  ipc.on(IPC_CHANNELS.pageStarted, ({ sender }) => subscriptions.clear(sender));
  ipc.on(IPC_CHANNELS.subscribe, ({ sender }, id, afterSeq) => {
    if (isCount(id) && isCount(afterSeq)) subscriptions.add(sender, id, afterSeq);
  });
  ipc.on(IPC_CHANNELS.unsubscribe, ({ sender }, id) => {
    if (isCount(id)) subscriptions.remove(sender, id);
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
