/** A lock that every page of this host holds while its user looks at it. */
const LOCK = 'parley.attended';

export interface WebAttentionDeps {
  /** The browser's locks, which all pages of an origin share; absent in old browsers. */
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
  readonly follow: (listener: () => void) => void;
  readonly has: () => boolean;
}

/**
 * Whether the user is looking at any of this host's pages: one in the background must not tell of
 * what is being read in another. A page that is gone holds no lock any more.
 */
export class WebAttention {
  readonly #deps: WebAttentionDeps;
  #release: (() => void) | null = null;

  constructor(deps: WebAttentionDeps) {
    this.#deps = deps;
    deps.follow(() => this.#update());
    this.#update();
  }

  async anywhere(): Promise<boolean> {
    const { locks, has } = this.#deps;
    if (has()) return true;
    const held = await locks?.query().catch(() => null);
    return held?.held?.some(({ name }) => name === LOCK) ?? false;
  }

  #update(): void {
    const { locks, has } = this.#deps;
    if (!has()) {
      this.#release?.();
      this.#release = null;
    } else if (this.#release === null && locks) {
      const looking = Promise.withResolvers<void>();
      this.#release = looking.resolve;
      locks.request(LOCK, { mode: 'shared' }, () => looking.promise).catch(() => {});
    }
  }
}
