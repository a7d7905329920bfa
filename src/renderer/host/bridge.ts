import { type Bridge, bridgeOver, type Transport } from '../../shared/bridge/bridge.ts';

export type HostKind = 'electron' | 'browser';

declare global {
  interface Window {
    /** Set by Electron's preload; absent in a browser. */
    readonly parley?: Transport;
  }
}

/**
 * The way to the core: Electron's preload, or the browser host's connection. What it answers opens a
 * bridge, and is called again to reconnect; it rejects when the host is gone.
 */
export async function connectHost(): Promise<() => Promise<Bridge>> {
  const { parley } = window;
  if (parley) return async () => bridgeOver(parley);
  try {
    // Loaded only here: a page in Electron never needs it.
    const { webHost } = await import('./web-page.ts');
    return webHost();
  } catch (error) {
    return () => Promise.reject(error);
  }
}

/** Which host carries the page. */
export function hostKind(): HostKind {
  return window.parley?.channels.includes('desktop') ? 'electron' : 'browser';
}
