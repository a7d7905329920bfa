import type { ChatBridge } from '../../shared/bridge/chat-bridge.ts';
import type { PageStorage } from '../storage/page-storage.ts';

/** The host around the page: Electron, or a browser. */
export interface PageHost {
  /** Where the page keeps what is its own; null where nothing can be kept. */
  readonly storage: PageStorage | null;
  /** Opens the way to the core; called again to reconnect. Rejects when the host is gone. */
  readonly openBridge: () => Promise<ChatBridge>;
  /** Settles when `storage` holds all that was kept, or when that takes too long to wait for. */
  readonly restored: Promise<void>;
}
