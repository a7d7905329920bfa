import type { Calls, Source } from '../../shared/bridge/channel.ts';
import type { HostCommands, HostEvent } from '../../shared/bridge/host-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import type { ContactId } from '../../shared/model/model.ts';
import { MAX_NOTICES, type Notice, type NoticeAccess } from '../../shared/model/notice.ts';

/** What of the browser's `Notification` objects is used. */
export interface WebNotification {
  onclick: ((event: Event) => void) | null;
  onclose: ((event: Event) => void) | null;
  close(): void;
}

/** What of the browser's `Notification` class is used. */
export interface NotificationApi {
  new (title: string, options: NotificationOptions): WebNotification;
  readonly permission: NotificationPermission;
  requestPermission(): Promise<NotificationPermission>;
}

export interface WebNoticesDeps {
  /** Null where the browser has none. */
  readonly api: NotificationApi | null;
  /** Whether the user is looking at any page of this host. */
  readonly attended: () => Promise<boolean>;
  /** Brings this page to the front. */
  readonly focus: () => void;
}

type Name = 'notify' | 'withdrawNotice' | 'setUnread' | 'noticeAccess' | 'askNoticeAccess';

/** The part of a host's channel that is about notifications. */
export type Notices = Calls<Pick<HostCommands, Name>> & { readonly subscribe: Source<HostEvent> };

const DONE: Outcome<null> = { ok: true, value: null };

/** Notifications by the browser, which has to be asked for them by the user's own click. */
export class WebNotices {
  readonly #deps: WebNoticesDeps;
  readonly #listeners = new Set<Parameters<Source<HostEvent>>[1]>();
  #seq = 0;
  /** The oldest first. */
  readonly #shown = new Map<ContactId, WebNotification>();
  /** What is about to be shown. */
  readonly #coming = new Map<ContactId, Notice>();

  constructor(deps: WebNoticesDeps) {
    this.#deps = deps;
  }

  /** This page's part of the bridge. The number of unread messages is in the page's title. */
  channel(): Notices {
    return {
      notify: async (notice) => {
        await this.#show(notice);
        return DONE;
      },
      withdrawNotice: async ({ contactId }) => {
        this.#withdraw(contactId);
        return DONE;
      },
      setUnread: async () => DONE,
      noticeAccess: async () => ({ ok: true, value: this.#access() }),
      askNoticeAccess: async () => ({ ok: true, value: await this.#ask() }),
      subscribe: (_afterSeq, listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  /** Closes all of them: nothing else would. */
  clear(): void {
    this.#coming.clear();
    for (const contactId of [...this.#shown.keys()]) this.#withdraw(contactId);
  }

  async #show(notice: Notice): Promise<void> {
    const { contactId, title, body } = notice;
    const { api, attended } = this.#deps;
    if (api?.permission !== 'granted') return;
    this.#coming.set(contactId, notice);
    if ((await attended()) || this.#coming.get(contactId) !== notice) return;
    this.#coming.delete(contactId);
    let shown: WebNotification;
    try {
      // With the same tag it takes the place of the one before, in silence; also of another page's.
      shown = new api(title, { body, tag: `parley-${contactId}`, dir: 'auto' });
    } catch {
      // Some browsers on phones have the class and refuse to make one.
      return;
    }
    this.#shown.delete(contactId);
    this.#shown.set(contactId, shown);
    shown.onclose = () => {
      if (this.#shown.get(contactId) === shown) this.#shown.delete(contactId);
    };
    shown.onclick = () => {
      this.#deps.focus();
      this.#withdraw(contactId);
      this.#seq += 1;
      const event: HostEvent = { type: 'open-conversation', contactId };
      for (const listener of [...this.#listeners]) {
        listener({ type: 'events', events: [{ seq: this.#seq, event }] });
      }
    };
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_NOTICES && oldest !== undefined) this.#withdraw(oldest);
  }

  #withdraw(contactId: ContactId): void {
    this.#coming.delete(contactId);
    const shown = this.#shown.get(contactId);
    this.#shown.delete(contactId);
    shown?.close();
  }

  #access(): NoticeAccess {
    const permission = this.#deps.api?.permission ?? 'unsupported';
    return permission === 'default' ? 'ask' : permission;
  }

  async #ask(): Promise<NoticeAccess> {
    if (this.#access() === 'ask') await this.#deps.api?.requestPermission();
    return this.#access();
  }
}
