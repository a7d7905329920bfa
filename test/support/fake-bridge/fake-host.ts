import type { Bridge } from '../../../src/shared/bridge/bridge.ts';
import type { Notice, NoticeAccess } from '../../../src/shared/model/notice.ts';
import type { Preferences } from '../../../src/shared/model/preferences.ts';

/** A desktop in memory: what the page shows there, and what its user does. */
export class FakeHost {
  /** What is shown now, by contact. */
  readonly notices = new Map<string, Notice>();
  /** The number at the app's icon. */
  unread = 0;
  access: NoticeAccess = 'granted';
  /** What the user says when asked. */
  answer: NoticeAccess = 'granted';
  /** Told how the page is to look, after each change. */
  onPreferences: (change: Partial<Preferences>) => void = () => {};
  readonly channel: Omit<Bridge['host'], 'copyText' | 'openExternal'>;
  readonly #listeners = new Set<Parameters<Bridge['host']['subscribe']>[1]>();

  constructor() {
    this.channel = {
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
      savePreferences: async (preferences) => {
        this.onPreferences(preferences);
        return { ok: true, value: null };
      },
      subscribe: (_afterSeq, listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    };
  }

  /** The user clicks on a contact's notification. */
  click(contactId: string): void {
    this.notices.delete(contactId);
    const event = { type: 'open-conversation', contactId } as const;
    for (const listener of [...this.#listeners]) {
      listener({ type: 'events', events: [{ seq: 1, event }] });
    }
  }
}
