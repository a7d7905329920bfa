import type { ChatBridge } from '../../shared/bridge/chat-bridge.ts';
import { localPageStorage } from '../storage/local-storage.ts';
import type { PageHost } from './page-host.ts';

declare global {
  interface Window {
    /** Set by Electron's preload; absent in a browser. */
    readonly parley?: ChatBridge;
  }
}

/** The way to the core: Electron's preload, or the browser host's connection. */
export async function openHost(): Promise<PageHost> {
  const { parley } = window;
  const restored = Promise.resolve();
  if (parley) {
    return { storage: localPageStorage(), openBridge: async () => parley, restored };
  }
  try {
    // Loaded only here: a page in Electron never needs it.
    const { webHost } = await import('./web-page.ts');
    return webHost();
  } catch (error) {
    return { storage: localPageStorage(), openBridge: () => Promise.reject(error), restored };
  }
}

/** Which host carries the page. */
export function hostKind(): ChatBridge['host'] {
  return window.parley?.host ?? 'browser';
}
