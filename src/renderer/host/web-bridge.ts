import { externalLink } from '../../shared/address/external-link.ts';
import {
  type Bridge,
  type ChannelName,
  channelOver,
  type Transport,
} from '../../shared/bridge/bridge.ts';
import type { Batch } from '../../shared/bridge/events.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';
import { problem } from '../../shared/problems/problem.ts';
import { copyToClipboard } from './clipboard.ts';
import { browserFiles, webData } from './web-data.ts';
import { type Remote, WebLink } from './web-link.ts';
import type { Notices } from './web-notices.ts';
import { openSession } from './web-session.ts';

type Listener = (batch: Batch<unknown>) => void;

/**
 * Connects the page to the browser host that served it. Settles when the session is open;
 * rejects when the host does not answer. A page whose link cannot be used
 * any more is led to the page that explains it, and then this never settles.
 */
export async function connectWebBridge(notices: Notices): Promise<Bridge> {
  const token = await openSession({
    location,
    history,
    storage: sessionStorage,
    fetch: (path, init) => fetch(path, init),
  });
  // The document is being replaced: nothing more is to happen in this one.
  if (token === null) return new Promise<never>(() => {});
  return createWebBridge(token, notices);
}

function createWebBridge(token: string, notices: Notices): Bridge {
  const subscriptions = new Set<Subscription>();
  const lostListeners = new Set<() => void>();
  const link: WebLink = new WebLink(token, {
    // What happened meanwhile is not known: each subscriber reads everything anew.
    onReopened: () => {
      for (const subscription of [...subscriptions]) subscription.interrupted();
    },
    onLost: () => {
      for (const listener of [...lostListeners]) listener();
    },
  });
  const transport: Transport = {
    channels: ['chat', 'host'],
    call: (channel, name, input) => run(link, (remote) => remote.call(channel, name, input)),
    subscribe: (channel, afterSeq, listener) => {
      const subscription = new Subscription(link, channel, afterSeq, listener);
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
        subscription.end();
      };
    },
  };
  return {
    chat: channelOver(transport, 'chat'),
    data: webData(token, browserFiles),
    host: {
      ...notices,
      ...ownCommands,
      savePreferences: channelOver(transport, 'host').savePreferences,
    },
    onLost: (listener): Unsubscribe => {
      if (link.lost) queueMicrotask(listener);
      lostListeners.add(listener);
      return () => lostListeners.delete(listener);
    },
  };
}

/** What the browser does for its page without the host. */
const ownCommands: Pick<Bridge['host'], 'copyText' | 'openExternal'> = {
  copyText: async ({ text }) => {
    if (await copyToClipboard(text)) return { ok: true, value: null };
    return { ok: false, problem: problem('clipboard-refused') };
  },
  openExternal: async ({ url: text }) => {
    const url = externalLink(text);
    if (url === null) return { ok: false, problem: problem('link-refused') };
    // With `noopener` the answer is null, whether or not a window was opened.
    window.open(url.href, '_blank', 'noopener,noreferrer');
    return { ok: true, value: null };
  },
};

/**
 * Runs a command. One whose connection drops is run once more on the next: every command may be
 * repeated, since messages carry their own ids.
 */
async function run(
  link: WebLink,
  ask: (remote: Remote) => Promise<Outcome<unknown> & Disposable>,
): Promise<Outcome<unknown>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const outcome = await ask(await link.remote());
      // It holds nothing of the host's; this tells capnweb so.
      outcome[Symbol.dispose]();
      return outcome;
    } catch {
      if (link.lost || attempt === 2) return { ok: false, problem: problem('stopped') };
    }
  }
}

/** One subscriber of the page. After an interruption it is told of a `gap` and goes on. */
class Subscription {
  readonly #link: WebLink;
  readonly #channel: ChannelName;
  readonly #listener: Listener;
  #lastSeq: number;
  #release: (() => void) | null = null;
  #round = 0;
  #ended = false;

  constructor(link: WebLink, channel: ChannelName, afterSeq: number, listener: Listener) {
    this.#link = link;
    this.#channel = channel;
    this.#listener = listener;
    this.#lastSeq = afterSeq;
    void this.#start();
  }

  interrupted(): void {
    if (this.#ended) return;
    this.#release = null;
    void this.#start();
    this.#listener({ type: 'gap' });
  }

  end(): void {
    this.#ended = true;
    this.#release?.();
    this.#release = null;
  }

  async #start(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const current = () => !this.#ended && round === this.#round;
    try {
      const remote = await this.#link.remote();
      if (!current()) return;
      const handle = await remote.subscribe(
        this.#channel,
        this.#lastSeq,
        (batch: Batch<unknown>) => {
          if (current()) this.#receive(batch);
        },
      );
      if (current()) this.#release = () => handle[Symbol.dispose]();
      else handle[Symbol.dispose]();
    } catch {
      // The connection dropped: `interrupted` or the host's loss comes next.
    }
  }

  #receive(batch: Batch<unknown>): void {
    if (batch.type === 'events') this.#lastSeq = batch.events.at(-1)?.seq ?? this.#lastSeq;
    this.#listener(batch);
  }
}
