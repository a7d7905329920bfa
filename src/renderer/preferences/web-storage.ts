import type { Outcome } from '../../shared/bridge/outcome.ts';
import {
  KEPT_LIMITS,
  KEPT_PREFIX,
  type KeptChanges,
  type KeptValues,
} from '../../shared/bridge/web-bridge.ts';
import { utf8Length } from '../../shared/model/text.ts';
import type { PageStorage } from '../storage/page-storage.ts';
import { PREFERENCES_KEY } from './preferences.ts';

/** The host's side, on one connection. Rejects when the connection drops. */
export interface KeptRemote {
  readonly kept: (listener: (changes: KeptChanges) => void) => Promise<KeptValues>;
  readonly keep: (changes: KeptChanges) => Promise<Outcome<null>>;
}

/** The browser's own storage, which belongs to one port; null where there is none. */
type Mirror = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null;

/** In the mirror: the id of the host's storage, and the keys that it has not confirmed. */
const MIRROR_KEY = 'parley-mirror';

/** Bytes of values in one call. */
const CALL_BYTES = 1024 * 1024;

/**
 * The page's storage in the browser host: kept by the host, since a browser keeps what a page
 * stores by port, and the port changes from start to start.
 *
 * A value is sent at once; while a call is under way, what changes meanwhile is gathered. Until the
 * host has answered, the value stands in the mirror as well, so that neither a dropped connection
 * nor a page that is closed in the middle loses it. Of what the host has, only the preferences stay
 * there, so that the next page starts in the right colours: drafts are nothing to leave around.
 */
export class HostStorage implements PageStorage {
  readonly #mirror: Mirror;
  readonly #listeners = new Set<() => void>();
  #values = new Map<string, string>();
  /** Changes that the host has not confirmed. */
  readonly #unsaved = new Map<string, string | null>();
  #id: string | null = null;
  #bytes = 0;
  #remote: KeptRemote | null = null;
  #calling = false;

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
    this.#readMirror();
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  /** Throws if the host's limits would be exceeded. */
  setItem(key: string, value: string): void {
    const bytes = this.#bytes + sizeOf(key, value) - sizeOf(key, this.#values.get(key));
    const many = !this.#values.has(key) && this.#values.size >= KEPT_LIMITS.keys;
    if (many || utf8Length(value) > KEPT_LIMITS.valueBytes || bytes > KEPT_LIMITS.totalBytes) {
      throw new RangeError('That is more than can be kept.');
    }
    this.#change(key, value);
  }

  removeItem(key: string): void {
    if (this.#values.has(key)) this.#change(key, null);
  }

  readonly follow = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads the host's values on a new connection. */
  async attach(remote: KeptRemote): Promise<void> {
    this.#remote = null;
    const early: KeptChanges[] = [];
    let take = (changes: KeptChanges): void => void early.push(changes);
    const { id, values } = await remote.kept((changes) => take(changes));
    if (this.#id !== null && this.#id !== id) this.#unsaved.clear();
    this.#id = id;
    this.#values = new Map(Object.entries(values));
    for (const [key, value] of this.#unsaved) this.#put(key, value);
    this.#bytes = [...this.#values].reduce((sum, [key, value]) => sum + sizeOf(key, value), 0);
    this.#writeMirror();
    this.#remote = remote;
    take = (changes) => this.#take(changes);
    for (const changes of early) this.#take(changes);
    this.#announce();
    void this.#send(remote);
  }

  /** The page is about to unload: sends pending changes without waiting for the call in progress. */
  flush(): void {
    const changes = this.#batch();
    if (this.#remote && this.#calling && changes.size > 0) {
      this.#remote.keep(Object.fromEntries(changes)).catch(() => {});
    }
  }

  #change(key: string, value: string | null): void {
    this.#put(key, value);
    this.#unsaved.set(key, value);
    this.#mirrorOne(key);
    this.#mark();
    if (this.#remote) void this.#send(this.#remote);
  }

  #put(key: string, value: string | null): void {
    this.#bytes += sizeOf(key, value ?? undefined) - sizeOf(key, this.#values.get(key));
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  /** Applies changes of another page. Our own unsent changes are newer and stay. */
  #take(changes: KeptChanges): void {
    for (const [key, value] of Object.entries(changes)) {
      if (this.#unsaved.has(key)) continue;
      this.#put(key, value);
      this.#mirrorOne(key);
    }
    this.#announce();
  }

  async #send(remote: KeptRemote): Promise<void> {
    if (this.#calling) return;
    this.#calling = true;
    try {
      while (this.#unsaved.size > 0 && this.#remote === remote) {
        const batch = this.#batch();
        // Refused if other pages have used up the limits: then the value lives as long as the page.
        await remote.keep(Object.fromEntries(batch));
        for (const [key, value] of batch) {
          if (this.#unsaved.get(key) !== value) continue;
          this.#unsaved.delete(key);
          this.#mirrorOne(key);
        }
        this.#mark();
      }
    } catch {
      // The connection dropped. It goes again on the next.
    } finally {
      this.#calling = false;
    }
    if (this.#remote && this.#remote !== remote) void this.#send(this.#remote);
  }

  #batch(): Map<string, string | null> {
    const batch = new Map<string, string | null>();
    let bytes = 0;
    for (const [key, value] of this.#unsaved) {
      bytes += sizeOf(key, value ?? undefined);
      if (batch.size > 0 && bytes > CALL_BYTES) break;
      batch.set(key, value);
    }
    return batch;
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #readMirror(): void {
    try {
      const mirror = this.#mirror;
      const { id, unsaved } = JSON.parse(mirror?.getItem(MIRROR_KEY) ?? '{}');
      if (mirror === null || typeof id !== 'string' || !Array.isArray(unsaved)) return;
      this.#id = id;
      for (const key of keysOf(mirror)) this.#put(key, mirror.getItem(key));
      for (const key of unsaved) this.#unsaved.set(String(key), mirror.getItem(String(key)));
    } catch {
      // It is a copy.
    }
  }

  #writeMirror(): void {
    this.#onMirror((mirror) => {
      const keys = [PREFERENCES_KEY, ...keysOf(mirror), ...this.#unsaved.keys()];
      for (const key of new Set(keys)) this.#mirrorOne(key);
    });
    this.#mark();
  }

  #mirrorOne(key: string): void {
    this.#onMirror((mirror) => {
      const value = this.#values.get(key);
      const wanted = key === PREFERENCES_KEY || this.#unsaved.has(key);
      if (value === undefined || !wanted) mirror.removeItem(key);
      else mirror.setItem(key, value);
    });
  }

  #mark(): void {
    const mark = { id: this.#id, unsaved: [...this.#unsaved.keys()] };
    this.#onMirror((mirror) => mirror.setItem(MIRROR_KEY, JSON.stringify(mark)));
  }

  #onMirror(task: (mirror: NonNullable<Mirror>) => void): void {
    try {
      if (this.#mirror) task(this.#mirror);
    } catch {
      // Full or forbidden: the host has it.
    }
  }
}

function sizeOf(key: string, value: string | undefined): number {
  return value === undefined ? 0 : utf8Length(key) + utf8Length(value);
}

function keysOf(mirror: NonNullable<Mirror>): readonly string[] {
  const keys = Array.from({ length: mirror.length }, (_, index) => mirror.key(index) ?? '');
  return keys.filter((key) => key.startsWith(KEPT_PREFIX));
}
