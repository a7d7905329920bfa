import type { World } from '../../core/base/world.ts';
import {
  KEPT_LIMITS,
  KEPT_PREFIX,
  type KeptChanges,
  type KeptValues,
} from '../../shared/bridge/web-bridge.ts';
import { utf8Length } from '../../shared/model/text.ts';
import { type Problem, ProblemError, problemOf, raise } from '../../shared/problems/problem.ts';
import { readKept, writeKept } from './kept-file.ts';

/** Debounce of writes. Milliseconds. */
const WRITE_AFTER = 200;
/** Delay before a failed write is retried. Milliseconds. */
const RETRY_AFTER = 2_000;

export interface PageStorageServerDeps {
  /** The profile's folder; null keeps nothing on disk. */
  readonly folder: string | null;
  readonly world: Pick<World, 'after' | 'randomBytes'>;
  readonly onUnexpected: (error: unknown) => void;
  /** Called after each write: with the problem, or with null on success. */
  readonly onWritten?: ((problem: Problem | null) => void) | undefined;
}

type Listener = (changes: KeptChanges) => void;

/** Server side of the page storage: preferences and drafts, shared by all pages of a profile. */
export class PageStorageServer {
  readonly #deps: PageStorageServerDeps;
  readonly #id: string;
  readonly #values: Map<string, string>;
  readonly #listeners = new Set<Listener>();
  #bytes: number;
  #cancelWrite: (() => void) | null = null;
  #closed = false;
  #writing: Promise<void> = Promise.resolve();

  private constructor(deps: PageStorageServerDeps, { id, values }: KeptValues) {
    this.#deps = deps;
    this.#id = id;
    this.#values = new Map(Object.entries(values));
    this.#bytes = bytesOf(this.#values);
  }

  /** Reads the file. An unusable one is reported, and replaced with the next change. */
  static async open(deps: PageStorageServerDeps): Promise<PageStorageServer> {
    const id = Buffer.from(deps.world.randomBytes(16)).toString('hex');
    const fresh: KeptValues = { id, values: {} };
    const kept = deps.folder === null ? null : await readKept(deps.folder).catch(deps.onUnexpected);
    return new PageStorageServer(deps, kept ?? fresh);
  }

  get(): KeptValues {
    return { id: this.#id, values: Object.fromEntries(this.#values) };
  }

  /** Calls `listener` with the changes of other pages. Returns how to unsubscribe. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Stores these values, all or none, and notifies all listeners but `from`.
   *
   * @throws ProblemError `bad-input`, `over-limit`
   */
  keep(changes: unknown, from: Listener | null): void {
    const checked = checkedChanges(changes);
    const next = new Map(this.#values);
    for (const [key, value] of checked) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    const bytes = bytesOf(next);
    if (next.size > KEPT_LIMITS.keys && next.size > this.#values.size) tooMuch();
    if (bytes > KEPT_LIMITS.totalBytes && bytes > this.#bytes) tooMuch();
    for (const [key, value] of checked) {
      if (value === null) this.#values.delete(key);
      else this.#values.set(key, value);
    }
    this.#bytes = bytes;
    const told = Object.fromEntries(checked);
    for (const listener of [...this.#listeners]) if (listener !== from) listener(told);
    this.#writeSoon();
  }

  /** Writes pending changes. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#cancelWrite) this.#write();
    await this.#writing;
  }

  #writeSoon(delay = WRITE_AFTER): void {
    if (this.#deps.folder === null || this.#closed) return;
    this.#cancelWrite ??= this.#deps.world.after(delay, () => this.#write());
  }

  /** Serialized; each write takes the latest values. */
  #write(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    const { folder, onUnexpected, onWritten = () => {} } = this.#deps;
    if (folder === null) return;
    this.#writing = this.#writing
      .then(() => writeKept(folder, this.get()))
      .then(
        () => onWritten(null),
        (error: unknown) => {
          if (!(error instanceof ProblemError)) onUnexpected(error);
          onWritten(problemOf(error));
          // The values stay in memory until then.
          this.#writeSoon(RETRY_AFTER);
        },
      );
  }
}

/** Validates the changes of a page. */
function checkedChanges(changes: unknown): readonly (readonly [string, string | null])[] {
  if (typeof changes !== 'object' || changes === null) refuse('not a list of values');
  return Object.entries(changes).map(([key, value]: [string, unknown]) => {
    if (!key.startsWith(KEPT_PREFIX)) refuse('a key that is not ours');
    if (utf8Length(key) > KEPT_LIMITS.keyBytes) tooMuch();
    if (value === null) return [key, null];
    if (typeof value !== 'string') return refuse('a value that is no text');
    if (utf8Length(value) > KEPT_LIMITS.valueBytes) tooMuch();
    return [key, value];
  });
}

function bytesOf(values: ReadonlyMap<string, string>): number {
  let bytes = 0;
  for (const [key, value] of values) bytes += utf8Length(key) + utf8Length(value);
  return bytes;
}

function refuse(reason: string): never {
  return raise('bad-input', { reason: `keep: ${reason}` });
}

function tooMuch(): never {
  const mib = KEPT_LIMITS.totalBytes / 1024 / 1024;
  return raise('over-limit', { what: `more than ${KEPT_LIMITS.keys} values or ${mib} MiB` });
}
