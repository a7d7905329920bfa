import type { ContactId } from '../../shared/model/model.ts';
import type { NoticeContent, NoticeStep } from './notices.ts';

/** Minimum interval between two notifications of one conversation. Milliseconds. */
export const NOTICE_PAUSE = 1_500;

/** Calls `task` after some milliseconds, unless the returned function is called before. */
export type After = (delay: number, task: () => void) => () => void;

/** Receives the steps at a bearable rate. */
export interface NoticeOutput {
  readonly show: (content: NoticeContent) => void;
  readonly withdraw: (contactId: ContactId) => void;
}

interface Pause {
  /** The newest content held back. */
  waiting: NoticeContent | null;
  cancel: () => void;
}

/**
 * Shows the first message of a burst at once, and then, for each conversation, at most one
 * notification per interval for all messages meanwhile. Withdrawals are never delayed.
 */
export class NoticePace {
  readonly #after: After;
  readonly #output: NoticeOutput;
  readonly #pauses = new Map<ContactId, Pause>();

  constructor(after: After, output: NoticeOutput) {
    this.#after = after;
    this.#output = output;
  }

  take(steps: readonly NoticeStep[]): void {
    for (const step of steps) {
      if ('show' in step) this.#show(step.show);
      else this.#withdraw(step.withdraw);
    }
  }

  /** The user is looking at the window: notifications held back are dropped. */
  drop(): void {
    for (const pause of this.#pauses.values()) pause.waiting = null;
  }

  /** Clears all timers. */
  stop(): void {
    for (const { cancel } of this.#pauses.values()) cancel();
    this.#pauses.clear();
  }

  #show(content: NoticeContent): void {
    const pause = this.#pauses.get(content.contactId);
    if (pause) {
      pause.waiting = content;
      return;
    }
    this.#pause(content.contactId);
    this.#output.show(content);
  }

  #withdraw(contactId: ContactId): void {
    const pause = this.#pauses.get(contactId);
    if (pause) pause.waiting = null;
    this.#output.withdraw(contactId);
  }

  #pause(contactId: ContactId): void {
    const cancel = this.#after(NOTICE_PAUSE, () => {
      const waiting = this.#pauses.get(contactId)?.waiting ?? null;
      this.#pauses.delete(contactId);
      if (waiting) this.#show(waiting);
    });
    this.#pauses.set(contactId, { waiting: null, cancel });
  }
}
