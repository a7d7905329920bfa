import { MAX_NOTICES, type Notice } from '../shared/host-bridge.ts';
import type { ContactId } from '../shared/model.ts';

/** What of Electron's `Notification` is used. */
export interface NativeNotice {
  show(): void;
  close(): void;
  on(event: 'click' | 'close' | 'failed', listener: () => void): unknown;
}

export interface NotificationsDeps {
  readonly isSupported: () => boolean;
  readonly create: (options: { title: string; body: string; silent: boolean }) => NativeNotice;
  /** The user has clicked on a contact's notification. */
  readonly onClick: (contactId: ContactId) => void;
}

/**
 * The system's notifications, one a contact. They are held on to until they are gone: a
 * notification that nothing refers to any more loses its clicks.
 */
export class Notifications {
  readonly #deps: NotificationsDeps;
  /** The oldest first. */
  readonly #shown = new Map<ContactId, NativeNotice>();

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
  }

  /** Whether this system shows notifications at all. */
  get supported(): boolean {
    return this.#deps.isSupported();
  }

  /** Shows a notification, in place of the contact's last one; only the first one is heard. */
  show({ contactId, title, body }: Notice): void {
    if (!this.supported) return;
    const silent = this.#shown.has(contactId);
    this.withdraw(contactId);
    const notice = this.#deps.create({ title, body, silent });
    const gone = (): void => {
      if (this.#shown.get(contactId) === notice) this.#shown.delete(contactId);
    };
    notice.on('close', gone);
    notice.on('failed', gone);
    notice.on('click', () => {
      this.withdraw(contactId);
      this.#deps.onClick(contactId);
    });
    this.#shown.set(contactId, notice);
    notice.show();
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_NOTICES && oldest !== undefined) this.withdraw(oldest);
  }

  withdraw(contactId: ContactId): void {
    const notice = this.#shown.get(contactId);
    this.#shown.delete(contactId);
    notice?.close();
  }

  /** Takes all away: nobody is left who would withdraw them. */
  clear(): void {
    for (const contactId of [...this.#shown.keys()]) this.withdraw(contactId);
  }
}
