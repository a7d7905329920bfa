import type { ChatBridge } from '../shared/chat-bridge.ts';

declare global {
  interface Window {
    /** Set by Electron's preload; absent in a browser. */
    readonly parley?: ChatBridge;
  }
}

/** The way to the core: Electron's preload, or the browser host's connection. */
export async function getBridge(): Promise<ChatBridge> {
  if (window.parley) return window.parley;
  // Loaded only here: a page in Electron never needs it.
  const { connectWebBridge } = await import('./web-bridge.ts');
  return connectWebBridge();
}
