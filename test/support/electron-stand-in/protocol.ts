import type { Origins } from './origins.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** Electron's `protocol`: which schemes the app serves itself, and with what. */
export class Protocol {
  readonly #origins: Origins;
  readonly #isReady: () => boolean;
  readonly #handlers = new Map<string, Handler>();

  constructor(origins: Origins, isReady: () => boolean) {
    this.#origins = origins;
    this.#isReady = isReady;
  }

  registerSchemesAsPrivileged(schemes: Parameters<Origins['register']>[0]): void {
    if (this.#isReady()) throw new Error('Schemes must be registered before app is ready.');
    this.#origins.register(schemes);
  }

  handle(scheme: string, handler: Handler): void {
    if (!this.#isReady()) throw new Error('protocol.handle needs app to be ready.');
    if (!this.#origins.has(scheme)) {
      throw new Error(`The Electron stand-in plays only registered schemes, not ${scheme}.`);
    }
    this.#handlers.set(scheme, handler);
  }

  handlerOf(url: string): Handler | null {
    return this.#handlers.get(new URL(url).protocol.slice(0, -1)) ?? null;
  }
}
