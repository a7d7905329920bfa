import type { ChatBridge, Outcome, Unsubscribe } from '../../shared/chat-bridge.ts';
import type { EventBatch } from '../../shared/events.ts';
import type { ContactId, MessagePage } from '../../shared/model.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import {
  type AppState,
  receive,
  withFirstPage,
  withOlder,
  withPageStatus,
  withSnapshot,
} from './app-state.ts';
import { contactOf, joinPages, type MessageEvent } from './threads.ts';

/** Where `Sync` keeps what it learns. */
export interface StateCell {
  readonly get: () => AppState;
  readonly set: (state: AppState) => void;
}

/** Messages in the first page of a conversation, and in each older one. */
const PAGE_SIZE = 60;
/** Messages in a page when a long conversation is read anew. */
const RELOAD_PAGE_SIZE = 500;

/** A page on its way, and the events that overtook it. */
interface PageRequest {
  readonly contactId: ContactId;
  readonly since: MessageEvent[];
}

/**
 * Keeps the state equal to the core's over one bridge: a snapshot, then events; on a gap all over
 * again. `onLost` is called once when the host is gone.
 */
export class Sync {
  readonly #bridge: ChatBridge;
  readonly #cell: StateCell;
  readonly #onLost: () => void;
  readonly #requests = new Set<PageRequest>();
  #unsubscribe: Unsubscribe = () => {};
  /** Rises with each snapshot; answers to older questions are stale. */
  #round = 0;
  #stopped = false;

  constructor(bridge: ChatBridge, cell: StateCell, onLost: () => void) {
    this.#bridge = bridge;
    this.#cell = cell;
    this.#onLost = onLost;
  }

  /** Reads everything anew, then follows. Settles when the snapshot is in or the host is lost. */
  async resync(): Promise<void> {
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    this.#requests.clear();
    this.#round += 1;
    const round = this.#round;
    const outcome = await this.ask((bridge) => bridge.snapshot({}));
    if (this.#stopped || round !== this.#round) return;
    if (!outcome.ok) return this.#lose();
    this.#cell.set(withSnapshot(this.#cell.get(), outcome.value));
    this.#follow(round, outcome.value.seq);
    const { threads, selected } = this.#cell.get();
    const shown = selected === null ? [] : [selected];
    for (const contactId of new Set([...threads.keys(), ...shown])) void this.loadNewest(contactId);
  }

  /** Reads the newest messages of a conversation, and as far back as it was loaded before. */
  async loadNewest(contactId: ContactId): Promise<void> {
    const round = this.#round;
    const loaded = this.#cell.get().threads.get(contactId);
    const limit = loaded ? RELOAD_PAGE_SIZE : PAGE_SIZE;
    await this.#reading(contactId, async (since) => {
      const pages: MessagePage[] = [];
      let before: number | null = null;
      do {
        const page = await this.#page(contactId, before, limit);
        if (this.#stopped || round !== this.#round) return null;
        if (!page.ok) return page.problem;
        pages.push(page.value);
        before = page.value.more ? (page.value.messages[0]?.seq ?? null) : null;
      } while (loaded && before !== null && before > loaded.from);
      this.#cell.set(withFirstPage(this.#cell.get(), contactId, joinPages(pages), since));
      return null;
    });
  }

  /** Reads the page before the oldest message that is loaded; nothing when there is none. */
  async loadOlder(contactId: ContactId): Promise<void> {
    const round = this.#round;
    const before = this.#cell.get().threads.get(contactId)?.from ?? 0;
    if (before === 0 || this.#cell.get().pages.get(contactId)?.loading) return;
    await this.#reading(contactId, async (since) => {
      const page = await this.#page(contactId, before, PAGE_SIZE);
      if (this.#stopped || round !== this.#round) return null;
      if (!page.ok) return page.problem;
      this.#cell.set(withOlder(this.#cell.get(), contactId, before, page.value, since));
      return null;
    });
  }

  /** Runs a command. A bridge that throws, or a core that has stopped, is a lost host. */
  async ask<T>(run: (bridge: ChatBridge) => Promise<Outcome<T>>): Promise<Outcome<T>> {
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
    const unsubscribe = this.#bridge.subscribe(afterSeq, (batch) => {
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

  #page(contactId: ContactId, before: number | null, limit: number): Promise<Outcome<MessagePage>> {
    return this.ask((bridge) => bridge.messages({ contactId, before, limit }));
  }

  async #reading(
    contactId: ContactId,
    read: (since: readonly MessageEvent[]) => Promise<Problem | null>,
  ): Promise<void> {
    const round = this.#round;
    const request: PageRequest = { contactId, since: [] };
    this.#requests.add(request);
    this.#cell.set(withPageStatus(this.#cell.get(), contactId, { loading: true, problem: null }));
    const failure = await read(request.since);
    this.#requests.delete(request);
    if (this.#stopped || round !== this.#round) return;
    this.#cell.set(
      withPageStatus(this.#cell.get(), contactId, { loading: false, problem: failure }),
    );
  }

  #lose(): void {
    if (this.#stopped) return;
    this.stop();
    this.#onLost();
  }
}
