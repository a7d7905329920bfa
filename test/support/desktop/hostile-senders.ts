import type { PageEvent, SenderFrame } from '../../../src/main/ipc/sender.ts';
import type { PageContents } from '../../../src/main/ipc/subscriptions.ts';

/** A page that notes whatever is done with it: whoever is not heard is not even looked at. */
export interface WatchedPage extends PageContents {
  readonly touched: string[];
}

/** A page like any other, with a list of what was called on it. */
export function watchedPage(): WatchedPage {
  const touched: string[] = [];
  return {
    touched,
    send: (channel) => void touched.push(`send ${channel}`),
    isDestroyed: () => touched.push('isDestroyed') < 0,
    once: (event) => touched.push(`once ${event}`),
    on: (event) => touched.push(`on ${event}`),
  };
}

/** What IPC events say of senders that are not the main frame of a page of `ours`. */
export function hostileFrames(ours: string): readonly [string, SenderFrame | null][] {
  const main: SenderFrame = { origin: ours, parent: null };
  const gone = (): never => {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  };
  return [
    ['no frame any more', null],
    [
      'a frame that has gone',
      {
        parent: null,
        get origin() {
          return gone();
        },
      },
    ],
    [
      'a frame whose parent has gone',
      {
        origin: ours,
        get parent() {
          return gone();
        },
      },
    ],
    ['a frame of our own origin inside our page', { origin: ours, parent: main }],
    ['a foreign frame inside our page', { origin: 'https://example.org', parent: main }],
    ['a sandboxed frame inside our page', { origin: 'null', parent: main }],
    ['a page of no origin', { origin: 'null', parent: null }],
    ['a file', { origin: 'file://', parent: null }],
    ['a page on the network', { origin: 'https://example.org', parent: null }],
    ['a page whose origin begins like ours', { origin: `${ours}.evil`, parent: null }],
    ['a page of our scheme and another host', { origin: 'parley-app://other', parent: null }],
    ['a page of another scheme and our host', { origin: 'https://bundle', parent: null }],
    ['a page whose origin differs in case', { origin: ours.toUpperCase(), parent: null }],
    ['a page with a path for an origin', { origin: `${ours}/index.html`, parent: null }],
  ];
}

/** An event from `frame` in `sender`. */
export function eventFrom(frame: SenderFrame | null, sender: PageContents): PageEvent {
  return { sender, senderFrame: frame };
}

/** An event whose frame cannot even be asked for. */
export function eventFromNowhere(sender: PageContents): PageEvent {
  return {
    sender,
    get senderFrame(): SenderFrame {
      throw new TypeError('Object has been destroyed');
    },
  };
}
