import { createDispatcher, type Offer, type Sources } from '../../shared/bridge/dispatcher.ts';
import { IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import { type PageDeps, trustedIpc } from './sender.ts';
import { PageSubscriptions } from './subscriptions.ts';

export interface IpcDeps extends PageDeps {
  readonly offer: Offer;
  readonly sources: Sources;
}

/** The bridge over Electron's IPC: one channel for all calls, and the streams of events. */
export function serveIpc({ offer, sources, ...page }: IpcDeps): void {
  const ipc = trustedIpc(page);
  const dispatch = createDispatcher(offer, page.onUnexpected);
  const subscriptions = new PageSubscriptions(sources);
  ipc.handle(IPC_CHANNELS.call, (_event, channel, name, input) => dispatch(channel, name, input));
  ipc.on(IPC_CHANNELS.pageStarted, ({ sender }) => subscriptions.clear(sender));
  ipc.on(IPC_CHANNELS.subscribe, ({ sender }, id, channel, afterSeq) => {
    if (isCount(id) && isCount(afterSeq)) subscriptions.add(sender, id, channel, afterSeq);
  });
  ipc.on(IPC_CHANNELS.unsubscribe, ({ sender }, id) => {
    if (isCount(id)) subscriptions.remove(sender, id);
  });
  ipc.on(IPC_CHANNELS.taken, ({ sender }, id) => {
    if (isCount(id)) subscriptions.taken(sender, id);
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
