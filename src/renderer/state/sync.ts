import type { Bridge } from '../../shared/bridge/bridge.ts';
import type { EventBatch } from '../../shared/bridge/events.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { ContactId, MessagePage } from '../../shared/model/model.ts';
import { problem } from '../../shared/problems/problem.ts';
import {
  type AppState,
  receive,
  type Target,
  withPageStatus,
  withSnapshot,
  withThread,
} from './app-state.ts';
import {
  contactOf,
  joinPages,
  type MessageEvent,
  type Thread,
  threadAnew,
  threadAround,
  threadOfPage,
  withNewerPage,
  withOlderPage,
} from './threads.ts';

/** Where `Sync` keeps what it learns. */
export interface StateCell {
  readonly get: () => AppState;
  readonly set: (state: AppState) => void;
}

/** Messages in the first page of a conversation, in each older or newer one, and to both sides. */
const PAGE_SIZE = 80;
/** Messages in a page when a long conversation is read anew. */
const RELOAD_PAGE_SIZE = 500;

/** A page on its way, and the events that overtook it. */
interface PageRequest {
  readonly contactId: ContactId;
  readonly since: MessageEvent[];
  /** What it leads to; null when nobody jumps. */
  readonly target: Target | null;
}

/** How a reading changes the thread as it then is. */
interface Purpose {
  /** It takes the place of what was loaded: whatever else is on its way comes too late. */
  readonly anew: boolean;
  readonly target: Target | null;
}

const ANEW: Purpose = { anew: true, target: null };
const BESIDE: Purpose = { anew: false, target: null };

type ThreadChange = (now: Thread | undefined) => Thread | undefined;

/**
 * Keeps the state equal to the core's over one bridge: a snapshot, then events; on a gap all over
 * again. `onLost` is called once when the host is gone.
 */
export class Sync {
  readonly #bridge: Bridge;
  readonly #cell: StateCell;
  readonly #onLost: () => void;
  readonly #requests = new Set<PageRequest>();
  /** Jumps that a new snapshot has interrupted: they are made after it. */
  readonly #jumps = new Map<ContactId, Target>();
  #unsubscribe: Unsubscribe = () => {};
  /** Rises with each snapshot; answers to older questions are stale. */
  #round = 0;
  #stopped = false;

  constructor(bridge: Bridge, cell: StateCell, onLost: () => void) {
    this.#bridge = bridge;
    this.#cell = cell;
    this.#onLost = onLost;
  }

  /** Reads everything anew, then follows. Settles when the snapshot is in or the host is lost. */
  async resync(): Promise<void> {
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    for (const { target } of this.#requests) if (target) this.#jumps.set(target.contactId, target);
    this.#requests.clear();
    this.#round += 1;
    const round = this.#round;
    const outcome = await this.ask(({ chat }) => chat.snapshot({}));
    if (this.#stopped || round !== this.#round) return;
    if (!outcome.ok) return this.#lose();
    this.#cell.set(withSnapshot(this.#cell.get(), outcome.value));
    this.#follow(round, outcome.value.seq);
    const { threads, selected } = this.#cell.get();
    const shown = selected === null ? [] : [selected];
    for (const contactId of new Set([...threads.keys(), ...shown])) {
      const jump = this.#jumps.get(contactId);
      void (jump ? this.loadAround(jump) : this.reload(contactId));
    }
    this.#jumps.clear();
  }

  /** Reads again what is loaded of a conversation; of one that is not, the newest messages. */
  async reload(contactId: ContactId): Promise<void> {
    const loaded = this.#thread(contactId);
    if (!loaded) return this.loadNewest(contactId);
    await this.#reading(contactId, ANEW, async (since) => {
      const pages: MessagePage[] = [];
      let before = loaded.to;
      do {
        const page = await this.#page(contactId, { before }, RELOAD_PAGE_SIZE);
        if (!page.ok) return page;
        pages.push(page.value);
        before = page.value.more ? (page.value.messages[0]?.seq ?? null) : null;
      } while (before !== null && before > loaded.from);
      return { ok: true, value: () => threadAnew(loaded, joinPages(pages), since) };
    });
  }

  /** Reads the newest messages of a conversation, and forgets what was loaded of it before. */
  loadNewest(contactId: ContactId): Promise<void> {
    return this.#reading(contactId, ANEW, async (since) => {
      const page = await this.#page(contactId, { before: null });
      return page.ok ? { ok: true, value: () => threadOfPage(page.value, since) } : page;
    });
  }

  /** Reads the page before the oldest message that is loaded; nothing when there is none. */
  async loadOlder(contactId: ContactId): Promise<void> {
    const before = this.#thread(contactId)?.from ?? 0;
    if (before === 0 || this.#isReading(contactId)) return;
    await this.#reading(contactId, BESIDE, async (since) => {
      const page = await this.#page(contactId, { before });
      if (!page.ok) return page;
      return { ok: true, value: (now) => now && withOlderPage(now, before, page.value, since) };
    });
  }

  /** Reads the page behind the newest message that is loaded; nothing when there is none. */
  async loadNewer(contactId: ContactId): Promise<void> {
    const to = this.#thread(contactId)?.to ?? null;
    if (to === null || this.#isReading(contactId)) return;
    await this.#reading(contactId, BESIDE, async (since) => {
      const page = await this.#page(contactId, { before: null, after: to - 1 });
      if (!page.ok) return page;
      return { ok: true, value: (now) => now && withNewerPage(now, to, page.value, since) };
    });
  }

  /** Reads what is around a message, in place of what was loaded before, and jumps to it. */
  loadAround(target: Target): Promise<void> {
    const { contactId, seq } = target;
    const read = async (since: readonly MessageEvent[]): Promise<Outcome<ThreadChange>> => {
      const [older, newer] = await Promise.all([
        this.#page(contactId, { before: seq + 1 }),
        this.#page(contactId, { before: null, after: seq }),
      ]);
      if (!older.ok) return older;
      if (!newer.ok) return newer;
      return { ok: true, value: () => threadAround(older.value, newer.value, since) };
    };
    return this.#reading(contactId, { anew: true, target }, read);
  }

  /** Runs a command. A bridge that throws, or a core that has stopped, is a lost host. */
  async ask<T>(run: (bridge: Bridge) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      const outcome = await run(this.#bridge);
      if (!outcome.ok && outcome.problem.code === 'stopped') this.#lose();
      return outcome;
    } catch {
      this.#lose();
      return { ok: false, problem: problem('stopped') };
    }
  }

  /** Stops following. */
  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    this.#requests.clear();
  }

  #follow(round: number, afterSeq: number): void {
    // A listener that is called before `subscribe` returns must still be unsubscribed.
    let ended = false;
    const unsubscribe = this.#bridge.chat.subscribe(afterSeq, (batch) => {
      if (!ended && round === this.#round && !this.#stopped) this.#receive(batch);
    });
    this.#unsubscribe = () => {
      ended = true;
      unsubscribe();
    };
    if (round !== this.#round || this.#stopped) this.#unsubscribe();
  }

  #receive(batch: EventBatch): void {
    const { state, gap, fresh } = receive(this.#cell.get(), batch);
    for (const event of fresh) {
      for (const request of this.#requests) {
        if (request.contactId === contactOf(event)) request.since.push(event);
      }
    }
    this.#cell.set(state);
    if (gap) void this.resync();
  }

  #thread(contactId: ContactId): Thread | undefined {
    return this.#cell.get().threads.get(contactId);
  }

  #isReading(contactId: ContactId): boolean {
    return this.#cell.get().pages.get(contactId)?.loading ?? false;
  }

  #page(
    contactId: ContactId,
    place: { readonly before: number | null; readonly after?: number },
    limit = PAGE_SIZE,
  ): Promise<Outcome<MessagePage>> {
    return this.ask(({ chat }) => chat.messages({ contactId, ...place, limit }));
  }

  /** Runs `read`, and puts in place what it makes of the thread as it then is. */
  async #reading(
    contactId: ContactId,
    { anew, target }: Purpose,
    read: (since: readonly MessageEvent[]) => Promise<Outcome<ThreadChange>>,
  ): Promise<void> {
    const request: PageRequest = { contactId, since: [], target };
    if (anew) this.#dropRequests(contactId);
    this.#requests.add(request);
    this.#cell.set(withPageStatus(this.#cell.get(), contactId, { loading: true, problem: null }));
    const outcome = await read(request.since);
    // Another reading has taken its place, or all is read anew.
    if (!this.#requests.delete(request)) return;
    const state = this.#cell.get();
    const thread = outcome.ok ? outcome.value(state.threads.get(contactId)) : undefined;
    const problem = outcome.ok ? null : outcome.problem;
    const loading = [...this.#requests].some((it) => it.contactId === contactId);
    const changed = thread ? withThread(state, contactId, thread) : state;
    const next = thread && target ? { ...changed, target } : changed;
    this.#cell.set(withPageStatus(next, contactId, { loading, problem }));
  }

  #dropRequests(contactId: ContactId): void {
    for (const request of this.#requests) {
      if (request.contactId === contactId) this.#requests.delete(request);
    }
  }

  #lose(): void {
    if (this.#stopped) return;
    this.stop();
    this.#onLost();
  }
}
