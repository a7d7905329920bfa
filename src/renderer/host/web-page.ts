import { HostStorage } from '../preferences/web-storage.ts';
import { browserStorage } from '../storage/local-storage.ts';
import { followAttention, hasAttention } from './attention.ts';
import type { PageHost } from './page-host.ts';
import { WebAttention } from './web-attention.ts';
import { connectWebBridge } from './web-bridge.ts';
import { WebNotices } from './web-notices.ts';

/** How long the page waits for what it keeps before it is drawn without. Milliseconds. */
const TIMEOUT_MS = 500;

/** The browser host, from its page. */
export function webHost(): PageHost {
  const storage = new HostStorage(browserStorage());
  const { locks } = navigator;
  const attention = new WebAttention({ locks, follow: followAttention, has: hasAttention });
  const notices = new WebNotices({
    api: 'Notification' in window ? window.Notification : null,
    attended: () => attention.anywhere(),
    focus: () => window.focus(),
  });
  window.addEventListener('pagehide', () => {
    storage.flush();
    notices.clear();
  });
  const restored = Promise.withResolvers<void>();
  setTimeout(restored.resolve, TIMEOUT_MS);
  return {
    storage,
    restored: restored.promise,
    openBridge: () =>
      connectWebBridge({ storage, desktop: notices.bridge() }).finally(restored.resolve),
  };
}
