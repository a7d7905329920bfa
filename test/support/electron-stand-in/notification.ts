import { EventEmitter } from 'node:events';
import { report } from './control.ts';
import { refuseUnknown } from './loud.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly silent?: boolean;
}

interface Shown {
  readonly id: number;
  readonly notification: EventEmitter;
}

let lastId = 0;
const shown = new Map<number, Shown>();

/** The user clicks on a notification that is shown; the system then takes it away. */
export function clickNotification(id: number): void {
  shown.get(id)?.notification.emit('click', {});
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

  readonly #options: NotificationOptions;
  #id: number | null = null;

  constructor(options: NotificationOptions = {}) {
    super();
    refuseUnknown('options of a notification', options, ['title', 'body', 'silent']);
    for (const text of [options.title, options.body]) {
      if (typeof text !== 'string') throw new TypeError('A notification needs texts.');
    }
    this.#options = options;
  }

  override on(event: string, listener: (...args: unknown[]) => void): this {
    if (!['show', 'click', 'close', 'failed'].includes(event)) {
      throw new Error(`The Electron stand-in has no notification event ${event}.`);
    }
    return super.on(event, listener);
  }

  show(): void {
    if (this.#id !== null) throw new Error('The Electron stand-in shows a notification once.');
    lastId += 1;
    this.#id = lastId;
    shown.set(lastId, { id: lastId, notification: this });
    const { title = '', body = '', silent = false } = this.#options;
    report({ type: 'notification-shown', id: lastId, title, body, silent });
    this.emit('show', {});
  }

  close(): void {
    if (this.#id === null || !shown.delete(this.#id)) return;
    report({ type: 'notification-closed', id: this.#id });
    this.emit('close', {});
  }
}
