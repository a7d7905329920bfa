import type { CdpSession } from './cdp.ts';
import { Frames } from './frames.ts';
import type { Origins } from './origins.ts';
import type { Protocol } from './protocol.ts';
import { type RequestDeps, Requests } from './requests.ts';
import type { PageMessage } from './web-contents.ts';
import { PRELOAD_WORLD } from './world/names.ts';
import type { FromPreload, PreloadNames, ToPreload } from './world/preload-world.ts';
import { pageWorldSource, preloadWorldSource } from './world/source.ts';

export interface PageDeps {
  readonly browser: CdpSession;
  readonly origins: Origins;
  readonly protocol: Protocol;
  readonly names: PreloadNames;
  /** The source of the app's preload; null without one. */
  readonly preload: string | null;
  readonly size: { readonly width: number; readonly height: number };
  readonly onMessage: (message: PageMessage) => void;
  readonly onNavigation: RequestDeps['emit'];
  readonly onOpen: (url: string) => void;
  readonly onPaint: () => void;
  readonly onGone: () => void;
  readonly onError: (text: string) => void;
}

/** One Chromium page that plays a window's content. */
export class Page {
  readonly targetId: string;
  readonly #session: CdpSession;
  readonly #deps: PageDeps;
  readonly #frames: Frames;
  readonly #requests: Requests;
  /** The isolated world of each frame, by both of its ids. */
  readonly #worldOfFrame = new Map<string, number>();
  readonly #frameOfWorld = new Map<number, string>();

  private constructor(deps: PageDeps, session: CdpSession, targetId: string) {
    this.#deps = deps;
    this.#session = session;
    this.targetId = targetId;
    const { origins, protocol, onNavigation } = deps;
    this.#frames = new Frames(session, origins, targetId);
    const frames = this.#frames;
    this.#requests = new Requests({ session, frames, origins, protocol, emit: onNavigation });
  }

  static async open(deps: PageDeps): Promise<Page> {
    const { browser, size } = deps;
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', ...size });
    const flat = { targetId, flatten: true };
    const { sessionId } = await browser.send('Target.attachToTarget', flat);
    const page = new Page(deps, browser.attached(sessionId), targetId);
    await page.#prepare();
    return page;
  }

  /** Loads one of the app's URLs; answers when the document has loaded. */
  async load(url: string): Promise<void> {
    const target = this.#deps.origins.toChromium(url);
    const loaded = new Promise<void>((resolve) => {
      this.#session.on('Page.loadEventFired', () => resolve());
    });
    this.#requests.order(target);
    const { errorText } = await this.#session.send('Page.navigate', { url: target });
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  /** Sends to the main frame's isolated world. */
  deliver(message: ToPreload): void {
    this.#deliverTo(this.#frames.mainId, message);
  }

  /** Has Chromium's editor do something where the cursor is, as a menu does. */
  async edit(command: string): Promise<void> {
    await this.#session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] });
  }

  /** Ends the page's process. */
  async crash(): Promise<void> {
    // No answer comes from a page that has gone.
    this.#session.send('Page.crash').catch(() => undefined);
  }

  /** Closes it, unless it has already gone with the whole browser. */
  async close(): Promise<void> {
    const { targetId } = this;
    await this.#deps.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  async #prepare(): Promise<void> {
    const { names, preload, onOpen, onPaint, onGone, onError } = this.#deps;
    const session = this.#session;
    this.#followWorlds();
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === names.binding) this.#receive(payload, executionContextId);
    });
    session.on('Page.windowOpen', ({ url }) => onOpen(this.#deps.origins.toApp(url)));
    session.on('Page.lifecycleEvent', ({ name, frameId }) => {
      if (name === 'firstPaint' && frameId === this.#frames.mainId) onPaint();
    });
    session.on('Inspector.targetCrashed', onGone);
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) =>
      onError(exception?.description ?? text),
    );
    session.on('Log.entryAdded', ({ entry }) => {
      if (entry.level === 'error') onError(entry.text);
    });

    await session.send('Inspector.enable', {});
    await session.send('Page.enable', {});
    await session.send('Log.enable', {});
    await session.send('Page.setLifecycleEventsEnabled', { enabled: true });
    await session.send('Runtime.enable', {});
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await session.send('Runtime.addBinding', {
      name: names.binding,
      executionContextName: PRELOAD_WORLD,
    });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: pageWorldSource(names.secret),
    });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadWorldSource(names, preload),
      worldName: PRELOAD_WORLD,
    });
  }

  #followWorlds(): void {
    this.#session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name !== PRELOAD_WORLD || frameId === undefined) return;
      this.#worldOfFrame.set(frameId, context.id);
      this.#frameOfWorld.set(context.id, frameId);
      this.#frames.setOrigin(frameId, context.origin);
    });
    this.#session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      const frameId = this.#frameOfWorld.get(executionContextId) ?? '';
      this.#frameOfWorld.delete(executionContextId);
      if (this.#worldOfFrame.get(frameId) === executionContextId)
        this.#worldOfFrame.delete(frameId);
    });
    this.#session.on('Runtime.executionContextsCleared', () => {
      this.#worldOfFrame.clear();
      this.#frameOfWorld.clear();
    });
  }

  #receive(payload: string, worldId: number): void {
    const frameId = this.#frameOfWorld.get(worldId) ?? '';
    this.#deps.onMessage({
      message: JSON.parse(payload) as FromPreload,
      frame: this.#frames.get(frameId),
      answer: (message) => this.#deliverTo(frameId, message),
    });
  }

  #deliverTo(frameId: string, message: ToPreload): void {
    const contextId = this.#worldOfFrame.get(frameId);
    if (contextId === undefined) return;
    const expression = `${this.#deps.names.port}.deliver(${JSON.stringify(message)})`;
    // A frame may go while this is on its way: then nobody is left to hear it.
    this.#session.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  }
}
