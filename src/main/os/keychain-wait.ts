import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { SecretBox } from '../../core/identity/identity-file.ts';

type Asked = 'title' | 'message' | 'detail' | 'buttons' | 'defaultId' | 'cancelId' | 'signal';
export type Question = MessageBoxOptions & Required<Pick<MessageBoxOptions, Asked>>;

export interface KeychainWaitDeps {
  /** Shows a dialog, and resolves with the pressed button. */
  readonly ask: (question: Question) => Promise<Pick<MessageBoxReturnValue, 'response'>>;
  readonly platform: NodeJS.Platform;
  /** Runs `task` after `delay` milliseconds unless the returned function is called. */
  readonly after: (delay: number, task: () => void) => () => void;
  /** Quits the app; `again` restarts it, which makes the system ask again. */
  readonly leave: (again: boolean) => void;
  readonly onUnexpected: (error: unknown) => void;
}

/** An unlocked keychain answers at once. Milliseconds. */
const NOTICE_AFTER = 3_000;
/**
 * Longer than it takes to type a password; then there may be no dialog to type it into.
 * Milliseconds.
 */
const OFFER_AFTER = 30_000;

/**
 * Waits for the system's keychain, which answers when the user has unlocked it: soon, late or
 * never, as the system's own dialog may be behind other windows, or not visible at all. The user is
 * told what the app waits for, and may restart it or quit. It never proceeds without the keychain
 * by itself: to every contact, a new identity would be another person.
 *
 * The texts are English: no page is loaded yet that knows the user's language.
 */
export class KeychainWait {
  readonly #deps: KeychainWaitDeps;
  /** Pending tasks. */
  #waiting = 0;
  #cancelTimer: () => void = () => undefined;
  /** Closes the open dialog. */
  #open: AbortController | null = null;

  constructor(deps: KeychainWaitDeps) {
    this.#deps = deps;
  }

  /** Runs `task`, which uses the keychain, and tells the user if it does not answer. */
  async during<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    if (this.#waiting === 1) this.#begin();
    try {
      return await task();
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#end();
    }
  }

  /** Wraps `box` so that the user is told of every wait for it. */
  watched(box: SecretBox): SecretBox {
    return {
      trusted: box.trusted,
      seal: (bytes) => this.during(() => box.seal(bytes)),
      open: (sealed) => this.during(() => box.open(sealed)),
    };
  }

  /**
   * The user has started the app once more because nothing is visible: shown at once, and in front.
   */
  remind(): void {
    if (this.#waiting === 0) return;
    this.#cancelTimer();
    this.#open?.abort();
    this.#ask('offer');
  }

  #begin(): void {
    // On macOS a message box without a window blocks the app until it is closed, and cannot be
    // withdrawn (`signal` in Electron's documentation): there, it is only shown when a decision is
    // needed.
    if (this.#deps.platform === 'darwin') this.#later(OFFER_AFTER, 'offer');
    else this.#later(NOTICE_AFTER, 'notice');
  }

  #end(): void {
    this.#cancelTimer();
    this.#open?.abort();
  }

  #later(delay: number, what: 'notice' | 'offer'): void {
    this.#cancelTimer = this.#deps.after(delay, () => this.#ask(what));
  }

  #ask(what: 'notice' | 'offer'): void {
    const open = new AbortController();
    this.#open = open;
    const { ask, onUnexpected } = this.#deps;
    // An unanswered notice is followed by the offer, which stays open.
    if (what === 'notice') {
      this.#cancelTimer = this.#deps.after(OFFER_AFTER - NOTICE_AFTER, () => {
        open.abort();
        this.#ask('offer');
      });
    }
    const buttons = what === 'notice' ? NOTICE_BUTTONS : OFFER_BUTTONS;
    const wait = buttons.indexOf(KEEP_WAITING);
    ask({
      ...(what === 'notice' ? NOTICE : OFFER),
      title: 'Parley',
      buttons: [...buttons],
      defaultId: wait,
      cancelId: wait,
      noLink: true,
      signal: open.signal,
    })
      .then(({ response }) => {
        if (this.#open !== open) return;
        this.#open = null;
        // It closed because the keychain has answered.
        if (open.signal.aborted || this.#waiting === 0) return;
        const chosen = buttons[response];
        if (chosen === QUIT || chosen === START_AGAIN) this.#deps.leave(chosen === START_AGAIN);
        else if (what === 'offer') this.#later(OFFER_AFTER, 'offer');
      })
      .catch((error: unknown) => {
        if (this.#open === open) this.#open = null;
        onUnexpected(error);
      });
  }
}

const KEEP_WAITING = 'Keep waiting';
const START_AGAIN = 'Try again';
const QUIT = 'Quit Parley';
const NOTICE_BUTTONS: readonly string[] = [KEEP_WAITING, QUIT];
const OFFER_BUTTONS: readonly string[] = [START_AGAIN, KEEP_WAITING, QUIT];

const NOTICE = {
  type: 'info',
  message: 'Parley is waiting for this computer’s keychain',
  detail:
    'It keeps the key that makes you you. If the system asks for a password, perhaps in a window ' +
    'behind this one, answer it there. Parley starts as soon as the keychain is open.',
} as const;

const OFFER = {
  type: 'warning',
  message: 'The keychain of this computer does not answer',
  detail:
    'Parley needs it to open your key, and does not start without it. Unlock the keychain, or try ' +
    'again to be asked once more. Nothing is lost.',
} as const;
