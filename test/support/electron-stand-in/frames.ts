import type { CdpSession } from './cdp.ts';
import type { Origins } from './origins.ts';

/** What the app may ask of a frame: Electron's `WebFrameMain`, as far as it is used. */
export interface Frame {
  readonly url: string;
  readonly origin: string;
  readonly parent: Frame | null;
}

/** The frames of one page, as Chromium reports them. */
export class Frames {
  readonly #frames = new Map<string, Frame>();
  readonly #origins: Origins;
  mainId: string;

  constructor(session: CdpSession, origins: Origins, mainId: string) {
    this.#origins = origins;
    this.mainId = mainId;
    this.#put(mainId, null, 'about:blank', 'null');
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) =>
      this.#put(frameId, parentFrameId, '', 'null'),
    );
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#put(frame.id, frame.parentId ?? null, frame.url, frame.securityOrigin);
      if (frame.parentId === undefined) this.mainId = frame.id;
    });
    session.on('Page.frameDetached', ({ frameId }) => this.#frames.delete(frameId));
  }

  /**
   * The origin that scripts of the frame have. It tells a frame with its parent's origin from a
   * sandboxed one, which Chromium's account of the frame's URL (`about:srcdoc`) does not.
   */
  setOrigin(id: string, origin: string): void {
    const frame = this.get(id);
    if (frame) this.#frames.set(id, { ...frame, origin: this.#originOf(origin) });
  }

  get(id: string): Frame | null {
    return this.#frames.get(id) ?? null;
  }

  #put(id: string, parentId: string | null, url: string, origin: string): void {
    this.#frames.set(id, {
      url: this.#origins.toApp(url),
      origin: this.#originOf(origin),
      parent: parentId === null ? null : this.get(parentId),
    });
  }

  /** Chromium writes an opaque origin as `://`; Electron writes it as RFC 6454 does. */
  #originOf(origin: string): string {
    return origin === '://' || origin === '' ? 'null' : this.#origins.toApp(origin);
  }
}
