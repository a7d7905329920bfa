import type { HostBridge, Notice, NoticeAccess } from '../../src/shared/bridge/host-bridge.ts';

/** A desktop in memory: what the page shows there, and what its user does. */
export class FakeDesktop {
  /** What is shown now, by contact. */
  readonly notices = new Map<string, Notice>();
  /** The number at the app's icon. */
  unread = 0;
  access: NoticeAccess = 'granted';
  /** What the user says when asked. */
  answer: NoticeAccess = 'granted';
  readonly bridge: HostBridge;
  readonly #listeners = new Set<(contactId: string) => void>();

  constructor() {
    this.bridge = {
      notify: async (notice) => {
        this.notices.set(notice.contactId, notice);
        return { ok: true, value: null };
      },
      withdrawNotice: async ({ contactId }) => {
        this.notices.delete(contactId);
        return { ok: true, value: null };
      },
      setUnread: async ({ count }) => {
        this.unread = count;
        return { ok: true, value: null };
      },
      noticeAccess: async () => ({ ok: true, value: this.access }),
      askNoticeAccess: async () => {
        if (this.access === 'ask') this.access = this.answer;
        return { ok: true, value: this.access };
      },
      onOpenConversation: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    };
  }

  /** The user clicks on a contact's notification. */
  click(contactId: string): void {
    this.notices.delete(contactId);
    for (const listener of [...this.#listeners]) listener(contactId);
  }
}
