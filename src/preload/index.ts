import { contextBridge, ipcRenderer } from 'electron';
import type { Transport } from '../shared/bridge/bridge.ts';
import type { Batch } from '../shared/bridge/events.ts';
import { IPC_CHANNELS } from '../shared/bridge/ipc-channels.ts';

// The only user of ipcRenderer. The page gets two functions: no channel of Electron's, no event object
// and nothing that could send anything else reaches it. What it may call is decided by the main process.

const listeners = new Map<number, (batch: Batch<unknown>) => void>();
let lastSubscription = 0;

ipcRenderer.send(IPC_CHANNELS.pageStarted);
ipcRenderer.on(IPC_CHANNELS.events, (_event, id: number, batch: Batch<unknown>) => {
  listeners.get(id)?.(batch);
  ipcRenderer.send(IPC_CHANNELS.taken, id);
});

const transport: Transport = {
  channels: ['chat', 'data', 'host', 'desktop'],
  call: (channel, name, input) => ipcRenderer.invoke(IPC_CHANNELS.call, channel, name, input),
  subscribe: (channel, afterSeq, listener) => {
    lastSubscription += 1;
    const id = lastSubscription;
    listeners.set(id, listener);
    ipcRenderer.send(IPC_CHANNELS.subscribe, id, channel, afterSeq);
    return () => {
      if (listeners.delete(id)) ipcRenderer.send(IPC_CHANNELS.unsubscribe, id);
    };
  },
};

contextBridge.exposeInMainWorld('parley', transport);
