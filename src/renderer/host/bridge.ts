import type { ChatBridge } from '../../shared/bridge/chat-bridge.ts';

declare global {
  interface Window {
    /** Set by Electron's preload; absent in a browser. */
    readonly parley?: ChatBridge;
  }
}

/**
 * The way to the core: Electron's preload, or the browser host's connection. What it answers opens a
 * bridge, and is called again to reconnect; it rejects when the host is gone.
 */
export async function connectHost(): Promise<() => Promise<ChatBridge>> {
  const { parley } = window;
  if (parley) return async () => parley;
  try {
    // Loaded only here: a page in Electron never needs it.
    const { webHost } = await import('./web-page.ts');
    return webHost();
  } catch (error) {
    return () => Promise.reject(error);
  }
}

/** Which host carries the page. */
export function hostKind(): ChatBridge['host'] {
  return window.parley?.host ?? 'browser';
}
