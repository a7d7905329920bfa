import { type Preventable, preventable } from './app.ts';
import { type Protocol as Cdp, type CdpSession, GoneError } from './cdp.ts';
import type { Frame, Frames } from './frames.ts';
import type { Origins } from './origins.ts';
import type { Protocol } from './protocol.ts';

type Paused = Cdp.Fetch.requestPausedPayload;

/** What the app's `will-…` listeners are told of a navigation. */
export interface Navigation extends Preventable {
  readonly url: string;
  readonly isSameDocument: false;
  readonly isMainFrame: boolean;
  readonly frame: Frame | null;
}

export interface RequestDeps {
  readonly session: CdpSession;
  readonly frames: Frames;
  readonly origins: Origins;
  readonly protocol: Protocol;
  readonly emit: (
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    navigation: Navigation,
  ) => void;
}

/**
 * Every request of a page passes here before it leaves: navigations that the app did not order are
 * put to its `will-…` listeners, and URLs of the app's own scheme are answered by its handler.
 */
export class Requests {
  readonly #deps: RequestDeps;
  #ordered: string | null = null;

  constructor(deps: RequestDeps) {
    this.#deps = deps;
    deps.session.on('Fetch.requestPaused', (paused) => {
      this.#decide(paused).catch((error: unknown) => {
        // A page that is closed while it loads something wants no answer.
        if (error instanceof GoneError) return;
        console.error('Request failed:', paused.request.url, error);
      });
    });
  }

  /** Announces the app's own `loadURL`, which no listener is asked about. */
  order(chromiumUrl: string): void {
    this.#ordered = chromiumUrl;
  }

  async #decide(paused: Paused): Promise<void> {
    const { session, origins } = this.#deps;
    const { requestId } = paused;
    if (paused.resourceType === 'Document' && !this.#mayNavigate(paused)) {
      // No content: the page stays as it is. A failed request would bring up an error page.
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
    } else if (origins.toApp(paused.request.url) !== paused.request.url) {
      await this.#serve(paused);
    } else {
      await session.send('Fetch.continueRequest', { requestId });
    }
  }

  #mayNavigate({ request, frameId, redirectedRequestId }: Paused): boolean {
    const { frames, origins, emit } = this.#deps;
    const isMainFrame = frameId === frames.mainId;
    if (isMainFrame && request.url === this.#ordered) {
      this.#ordered = null;
      return true;
    }
    const navigation = preventable({
      url: origins.toApp(request.url),
      isSameDocument: false as const,
      isMainFrame,
      frame: frames.get(frameId),
    });
    if (redirectedRequestId !== undefined) emit('will-redirect', navigation);
    else {
      emit('will-frame-navigate', navigation);
      if (isMainFrame) emit('will-navigate', navigation);
    }
    return !navigation.defaultPrevented;
  }

  async #serve({ requestId, request }: Paused): Promise<void> {
    const { session, origins, protocol } = this.#deps;
    const url = origins.toApp(request.url);
    const handler = protocol.handlerOf(url);
    if (handler === null) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'AddressUnreachable' });
      return;
    }
    const { method, headers, postData } = request;
    const response = await handler(new Request(url, { method, headers, body: postData ?? null }));
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }
}
