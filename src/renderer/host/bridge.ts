import type { ChatBridge } from '../../shared/bridge/chat-bridge.ts';
import { localPageStorage } from '../storage/local-storage.ts';
import type { PageStorage } from '../storage/page-storage.ts';

declare global {
  interface Window {
    /** Set by Electron's preload; absent in a browser. */
    readonly parley?: ChatBridge;
  }
}

/** Who carries the page. */
export interface PageHost {
  /** Where the page keeps what is its own; null where nothing can be kept. */
  readonly storage: PageStorage | null;
  /** Opens the way to the core; called again to reconnect. Rejects when the host is gone. */
  readonly openBridge: () => Promise<ChatBridge>;
  /** Settles when `storage` holds all that was kept, or when that takes too long to wait for. */
  readonly restored: Promise<void>;
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
