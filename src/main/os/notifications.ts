import type {
  ActivationArguments,
  Notification,
  NotificationCloseEventParams,
  NotificationConstructorOptions,
} from 'electron';
import { isUuid } from '../../shared/model/ids.ts';
import type { ContactId } from '../../shared/model/model.ts';
import { MAX_NOTICES, type Notice } from '../../shared/model/notice.ts';
import type { Emits } from '../base/emits.ts';

/**
 * Electron's `Notification`. Changed texts apply from the next `show`, which replaces it in place;
 * on Windows and macOS some time later.
 */
export type NativeNotice = Pick<Notification, 'title' | 'body' | 'silent' | 'show' | 'close'> &
  Emits<{ show: []; click: []; failed: []; close: [NotificationCloseEventParams] }>;

/** By the `id`, Windows and macOS replace the previous notification. */
export type NativeNoticeOptions = Required<
  Pick<NotificationConstructorOptions, 'id' | 'title' | 'body' | 'silent'>
>;

export interface NotificationsDeps {
  readonly isSupported: () => boolean;
  readonly create: (options: NativeNoticeOptions) => NativeNotice;
  /** The user has clicked on a contact's notification. */
  readonly onClick: (contactId: ContactId) => void;
  /**
   * Distinguishes this profile's notifications from another's on the same desktop: up to 27 letters
   * and digits.
   */
  readonly scope: string;
}

/**
 * The reasons for which Windows reports a notification as closed that it has only moved to its
 * list.
 */
const STILL_LISTED: readonly NotificationCloseEventParams['reason'][] = [
  'timedOut',
  'applicationHidden',
];

interface Shown {
  readonly native: NativeNotice;
  /** While it replaces itself: Electron then reports that the previous one has closed. */
  showing: boolean;
}

/**
 * The system's notifications, one per contact. They are retained until they are closed: a
 * notification without references loses its clicks, and macOS removes it.
 */
export class Notifications {
  readonly #deps: NotificationsDeps;
  /** Oldest first. */
  readonly #shown = new Map<ContactId, Shown>();
  #refused = false;
  #sample: NativeNotice | null = null;

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
  }

  /** Whether this system shows notifications at all. */
  get supported(): boolean {
    return this.#deps.isSupported();
  }

  /** Whether the system has refused the last one: the user does not allow ours. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Shows a notification in place of the contact's last one; only the first one makes a sound. */
  show({ contactId, title, body }: Notice): void {
    if (!this.supported) return;
    const before = this.#shown.get(contactId);
    const shown = before ?? this.#make(contactId, { title, body, silent: false });
    if (before) Object.assign(before.native, { title, body, silent: true });
    this.#shown.delete(contactId);
    this.#shown.set(contactId, shown);
    this.#endSample();
    shown.showing = true;
    shown.native.show();
    shown.showing = false;
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_NOTICES && oldest !== undefined) this.withdraw(oldest);
  }

  /**
   * Shows a sample notification: the system may ask the user for permission. Resolves when it is
   * known whether it is shown; on systems that do not report that, never.
   */
  try(title: string, body: string): Promise<void> {
    const known = Promise.withResolvers<void>();
    const sample = this.#deps.create({
      id: `${this.#deps.scope}-sample`,
      title,
      body,
      silent: true,
    });
    this.#followAccess(sample);
    sample.on('show', () => known.resolve());
    sample.on('failed', () => known.resolve());
    this.#endSample();
    this.#sample = sample;
    sample.show();
    return known.promise;
  }

  /**
   * Windows reports a click (`type=click&tag=ID`); also on a notification of an earlier run, and on
   * the one that started the app.
   */
  activated({ type, arguments: given }: Pick<ActivationArguments, 'type' | 'arguments'>): void {
    const [scope, ...rest] = (new URLSearchParams(given).get('tag') ?? '').split('-');
    const contactId = rest.join('-');
    if (type !== 'click' || scope !== this.#deps.scope || !isUuid(contactId)) return;
    this.#clicked(contactId);
  }

  withdraw(contactId: ContactId): void {
    const shown = this.#shown.get(contactId);
    this.#shown.delete(contactId);
    shown?.native.close();
  }

  /** Withdraws all: no page is left to do it. */
  clear(): void {
    for (const contactId of [...this.#shown.keys()]) this.withdraw(contactId);
    this.#endSample();
  }

  #endSample(): void {
    this.#sample?.close();
    this.#sample = null;
  }

  #make(contactId: ContactId, texts: Omit<NativeNoticeOptions, 'id'>): Shown {
    const { create, scope } = this.#deps;
    const native = create({ id: `${scope}-${contactId}`, ...texts });
    const shown: Shown = { native, showing: false };
    const gone = (): void => {
      if (this.#shown.get(contactId) === shown) this.#shown.delete(contactId);
    };
    native.on('close', ({ reason }) => {
      if (!shown.showing && !STILL_LISTED.includes(reason)) gone();
    });
    native.on('failed', gone);
    native.on('click', () => this.#clicked(contactId));
    this.#followAccess(native);
    return shown;
  }

  #followAccess(native: NativeNotice): void {
    native.on('show', () => {
      this.#refused = false;
    });
    native.on('failed', () => {
      this.#refused = true;
    });
  }

  #clicked(contactId: ContactId): void {
    this.withdraw(contactId);
    this.#deps.onClick(contactId);
  }
}
