import { contextBridge, ipcRenderer } from 'electron';
import { type ChatBridge, COMMAND_NAMES } from '../shared/bridge/chat-bridge.ts';
import { DATA_NAMES } from '../shared/bridge/data-bridge.ts';
import {
  DESKTOP_COMMAND_NAMES,
  type DesktopAction,
  type DesktopState,
} from '../shared/bridge/desktop-bridge.ts';
import type { EventBatch } from '../shared/bridge/events.ts';
import { HOST_COMMAND_NAMES } from '../shared/bridge/host-bridge.ts';
import {
  commandChannel,
  dataChannel,
  desktopChannel,
  hostChannel,
  IPC_CHANNELS,
} from '../shared/bridge/ipc-channels.ts';

// The only user of ipcRenderer. The page gets named functions: no channel name, no event object and
// nothing that could send anything else reaches it.

const listeners = new Map<number, (batch: EventBatch) => void>();
let lastSubscription = 0;

ipcRenderer.send(IPC_CHANNELS.pageStarted);
ipcRenderer.on(IPC_CHANNELS.events, (_event, subscription: number, batch: EventBatch) => {
  listeners.get(subscription)?.(batch);
});

/** A function by each name, which takes one input to the channel of that name. */
function calls<Name extends string>(names: readonly Name[], channelOf: (name: Name) => string) {
  return Object.fromEntries(
    names.map((name) => [name, (input: unknown) => ipcRenderer.invoke(channelOf(name), input)]),
  );
}

const data = Object.fromEntries(
  DATA_NAMES.map((name) => [name, () => ipcRenderer.invoke(dataChannel(name))]),
);

let onOpen: ((contactId: string) => void) | null = null;
ipcRenderer.on(IPC_CHANNELS.openConversation, (_event, contactId: string) => onOpen?.(contactId));

/** The page's own listeners for what comes on a channel. */
function audience<T>(channel: string): (listener: (value: T) => void) => () => void {
  const own = new Set<(value: T) => void>();
  ipcRenderer.on(channel, (_event, value: T) => {
    for (const listener of own) listener(value);
  });
  return (listener) => {
    own.add(listener);
    return () => own.delete(listener);
  };
}

const onDesktopState = audience<DesktopState>(IPC_CHANNELS.desktopState);
const onDesktopAction = audience<DesktopAction>(IPC_CHANNELS.desktopAction);

const bridge = {
  ...calls(COMMAND_NAMES, commandChannel),
  ...calls(HOST_COMMAND_NAMES, hostChannel),
  ...data,
  subscribe: (afterSeq, listener) => {
    lastSubscription += 1;
    const subscription = lastSubscription;
    listeners.set(subscription, listener);
    ipcRenderer.send(IPC_CHANNELS.subscribe, subscription, afterSeq);
    return () => {
      if (!listeners.delete(subscription)) return;
      ipcRenderer.send(IPC_CHANNELS.unsubscribe, subscription);
    };
  },
  onOpenConversation: (listener) => {
    onOpen = listener;
    ipcRenderer.send(IPC_CHANNELS.openListening);
    return () => {
      if (onOpen === listener) onOpen = null;
    };
  },
  desktop: {
    ...calls(DESKTOP_COMMAND_NAMES, desktopChannel),
    onDesktopState,
    onDesktopAction: (listener: (action: DesktopAction) => void) => {
      const stop = onDesktopAction(listener);
      // What was wished for before anybody listened comes now.
      ipcRenderer.send(IPC_CHANNELS.desktopListening);
      return stop;
    },
  },
  copyText: (text) => ipcRenderer.invoke(IPC_CHANNELS.copyText, text),
  openExternal: (url) => ipcRenderer.invoke(IPC_CHANNELS.openExternal, url),
  host: 'electron',
} as ChatBridge;

contextBridge.exposeInMainWorld('parley', bridge);
