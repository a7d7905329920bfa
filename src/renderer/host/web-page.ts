import type { Bridge } from '../../shared/bridge/bridge.ts';
import { followAttention, hasAttention } from './attention.ts';
import { WebAttention } from './web-attention.ts';
import { connectWebBridge } from './web-bridge.ts';
import { WebNotices } from './web-notices.ts';

/** The browser host, from its page: opens the way to the core. */
export function webHost(): () => Promise<Bridge> {
  const { locks } = navigator;
  const attention = new WebAttention({ locks, follow: followAttention, has: hasAttention });
  const notices = new WebNotices({
    api: 'Notification' in window ? window.Notification : null,
    attended: () => attention.anywhere(),
    focus: () => window.focus(),
  });
  window.addEventListener('pagehide', () => notices.clear());
  return () => connectWebBridge(notices.channel());
}
