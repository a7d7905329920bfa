import { EventEmitter } from 'node:events';
import { report } from './control.ts';
import { refuseUnknown } from './loud.ts';

interface NotificationOptions {
  readonly id?: string;
  readonly title?: string;
  readonly body?: string;
  readonly silent?: boolean;
}

let lastId = 0;
const shown = new Map<number, Notification>();

/** Set by the runner: whether the system's user lets the app show none. */
let refused = false;
export function refuseNotifications(on: boolean): void {
  refused = on;
}

/** The user clicks on a notification that is shown; the system then takes it away. */
export function clickNotification(id: number): void {
  shown.get(id)?.emit('click', {});
}

/** As Windows does after some seconds: it goes into the list of all, and "is closed". */
export function timeOutNotification(id: number): void {
  shown.get(id)?.emit('close', { reason: 'timedOut' });
}

/** Told when the number at the app's icon changes. */
export function reportBadge(count: number): boolean {
  report({ type: 'badge', count });
  return true;
}

/** Electron's `Notification`: what the user would see is told to the test. */
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }

  static handleActivation(_callback: (details: object) => void): void {
    if (process.platform !== 'win32') throw new TypeError('handleActivation is not a function');
  }

  title: string;
  body: string;
  silent: boolean;
  #id: number | null = null;

  constructor(options: NotificationOptions = {}) {
    super();
    refuseUnknown('options of a notification', options, ['id', 'title', 'body', 'silent']);
    for (const text of [options.title, options.body]) {
      if (typeof text !== 'string') throw new TypeError('A notification needs texts.');
    }
    // Windows takes no longer one.
    if ((options.id ?? '').length > 64) throw new Error('The id of a notification is too long.');
    const { title = '', body = '', silent = false } = options;
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  override on(event: string, listener: (...args: unknown[]) => void): this {
    if (!['show', 'click', 'close', 'failed'].includes(event)) {
      throw new Error(`The Electron stand-in has no notification event ${event}.`);
    }
    return super.on(event, listener);
  }

  /** The one of before makes room, and its end is told while that goes on. */
  show(): void {
    this.close();
    if (refused) {
      setImmediate(() => {
        this.emit('failed', {}, 'Notifications are not allowed.');
        report({ type: 'notification-refused' });
      });
      return;
    }
    lastId += 1;
    this.#id = lastId;
    shown.set(lastId, this);
    const { title, body, silent } = this;
    report({ type: 'notification-shown', id: lastId, title, body, silent });
    setImmediate(() => this.emit('show', {}));
  }

  close(): void {
    if (this.#id === null || !shown.delete(this.#id)) return;
    report({ type: 'notification-closed', id: this.#id });
    this.emit('close', {});
  }
}
