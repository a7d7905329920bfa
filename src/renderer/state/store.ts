import type { Bridge } from '../../shared/bridge/bridge.ts';
import type { CommandInput } from '../../shared/bridge/chat-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { type RandomBytes, uuidv7 } from '../../shared/model/ids.ts';
import type {
  ContactId,
  Identity,
  Message,
  MessageId,
  Policy,
  SearchPage,
  Settings,
} from '../../shared/model/model.ts';
import { type Problem, problem } from '../../shared/problems/problem.ts';
import { type AppState, draftOf, INITIAL_STATE, withDraft, withQuote } from './app-state.ts';
import { leftAttempt } from './attempts.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { accepted, answering, attemptOf, sendFailed, submitted, typed } from './drafts.ts';
import { addressToTry } from './pasted-address.ts';
import { quoteKey } from './quotes.ts';
import { Sync } from './sync.ts';
import { shows, trimmed } from './threads.ts';

/** What the store needs of the world. */
export interface StoreDeps {
  /** Opens a bridge to the host; called again to reconnect. Rejects when the host is gone. */
  readonly openBridge: () => Promise<Bridge>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
}

/** How often the core hears that the user is typing. Milliseconds. */
const TYPING_EVERY = 2_000;

/**
 * The renderer's one store: the state that the screens show, and the user's actions. Made for
 * `useSyncExternalStore`: states are never changed in place.
 */
export class ChatStore {
  readonly #deps: StoreDeps;
  readonly #listeners = new Set<() => void>();
  #state: AppState = INITIAL_STATE;
  #sync: Sync | null = null;
  #stopWatching: () => void = () => {};
  #nextTyping = 0;
  readonly #lookedUp = new Set<string>();
  readonly #drafts = new DraftKeeper(
    (contactId, draft) => this.#ask(({ chat }) => chat.saveDraft({ contactId, draft })),
    (contactId) => this.#set(this.#drafts.take(this.#state, contactId)),
  );

  constructor(deps: StoreDeps) {
    this.#deps = deps;
  }

  readonly getState = (): AppState => this.#state;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Connects to the host, or connects anew. Settles when the state is live or lost. */
  async start(): Promise<void> {
    this.#close();
    this.#set({ ...this.#state, host: 'starting' });
    let bridge: Bridge;
    try {
      bridge = await this.#deps.openBridge();
    } catch {
      this.#set({ ...this.#state, host: 'lost' });
      return;
    }
    const cell = { get: this.getState, set: (state: AppState) => this.#set(state) };
    const lost = () => {
      this.#close();
      this.#set({ ...this.#state, host: 'lost' });
    };
    this.#sync = new Sync(bridge, cell, lost);
    this.#stopWatching = bridge.onLost?.(lost) ?? (() => {});
    await this.#sync.resync();
  }

  /** Stops following the host. */
  stop(): void {
    this.#close();
  }

  /** Shows a conversation, or none. */
  select(contactId: ContactId | null): void {
    if (this.#state.selected === contactId) return;
    this.#set({ ...this.#state, selected: contactId, target: null });
    if (contactId !== null && !this.#state.threads.has(contactId)) this.reload(contactId);
  }

  /** Reads again what is loaded of a conversation. */
  reload(contactId: ContactId): void {
    void this.#sync?.reload(contactId);
  }

  /** Shows the newest messages, wherever in the conversation one was. */
  toNewest(contactId: ContactId): void {
    const thread = this.#state.threads.get(contactId);
    if (thread !== undefined && thread.to !== null) void this.#sync?.loadNewest(contactId);
  }

  loadOlder(contactId: ContactId): void {
    void this.#sync?.loadOlder(contactId);
  }

  loadNewer(contactId: ContactId): void {
    void this.#sync?.loadNewer(contactId);
  }

  /** Lets go of messages that are far from the one at `seq`. */
  trim(contactId: ContactId, seq: number): void {
    const thread = this.#state.threads.get(contactId);
    if (!thread) return;
    const next = trimmed(thread, seq);
    if (next === thread) return;
    this.#set({ ...this.#state, threads: new Map(this.#state.threads).set(contactId, next) });
  }

  /** Shows a message in its place; `focus` takes the keyboard there. */
  async jumpTo(contactId: ContactId, seq: number, focus = true): Promise<void> {
    const target = { contactId, seq, focus };
    const thread = this.#state.threads.get(contactId);
    const loaded = thread !== undefined && shows(thread, seq);
    this.#set({ ...this.#state, selected: contactId, target: loaded ? target : null });
    if (!loaded) await this.#sync?.loadAround(target);
  }

  /** Finds out about a message that another one answers. */
  async lookUp(contactId: ContactId, messageId: MessageId): Promise<void> {
    const key = quoteKey(contactId, messageId);
    if (this.#lookedUp.has(key)) return;
    this.#lookedUp.add(key);
    const outcome = await this.#ask(({ chat }) => chat.message({ contactId, messageId }));
    this.#lookedUp.delete(key);
    if (outcome.ok) this.#set(withQuote(this.#state, key, outcome.value));
  }

  search(input: CommandInput<'search'>): Promise<Outcome<SearchPage>> {
    return this.#ask(({ chat }) => chat.search(input));
  }

  /** Adds the contact at `address` and shows its conversation; the problem if it cannot be. */
  async connect(address: string): Promise<Problem | null> {
    const outcome = await this.#ask(({ chat }) => chat.connect({ address: addressToTry(address) }));
    if (!outcome.ok) return outcome.problem;
    this.select(outcome.value.contactId);
    return null;
  }

  /** Gives a contact that was never reached another address; the problem if it cannot be. */
  async changeAddress(contactId: ContactId, address: string): Promise<Problem | null> {
    const outcome = await this.#ask(({ chat }) =>
      chat.changeAddress({ contactId, address: addressToTry(address) }),
    );
    if (!outcome.ok) return outcome.problem;
    if (this.#state.selected === contactId) this.select(outcome.value.contactId);
    return null;
  }

  /** What is typed in a conversation; the contact is told now and then that something is. */
  type(contactId: ContactId, text: string): void {
    const now = this.#deps.now();
    if (text.trim() !== '' && now >= this.#nextTyping) {
      this.#nextTyping = now + TYPING_EVERY;
      void this.#do(({ chat }) => chat.typing({ contactId }));
    }
    this.#set(withDraft(this.#state, contactId, typed(draftOf(this.#state, contactId), text)));
  }

  /** Makes the draft an answer to a message, or to none. */
  answer(contactId: ContactId, messageId: MessageId | null): void {
    const draft = answering(draftOf(this.#state, contactId), messageId);
    this.#set(withDraft(this.#state, contactId, draft));
  }

  /** Sends the draft. The text comes back into the draft, with the problem, if that fails. */
  async send(contactId: ContactId): Promise<void> {
    const draft = draftOf(this.#state, contactId);
    const makeId = () => uuidv7(this.#deps.now(), this.#deps.randomBytes);
    const attempt = attemptOf(draft, makeId);
    this.#set(withDraft(this.#state, contactId, submitted(draft, attempt)));
    const outcome = await this.#ask(({ chat }) => chat.send({ contactId, ...attempt }));
    const current = draftOf(this.#state, contactId);
    const next = outcome.ok
      ? accepted(current, attempt.id)
      : sendFailed(current, attempt, outcome.problem);
    this.#set(withDraft(this.#state, contactId, next));
  }

  sendAgain({ contactId, id }: Message): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.sendAgain({ contactId, messageId: id }));
  }

  deleteMessage({ contactId, author, id }: Message): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.deleteMessage({ contactId, author, messageId: id }));
  }

  retry(contactId: ContactId): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.retry({ contactId }));
  }

  markRead(contactId: ContactId, seq: number): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.markRead({ contactId, seq }));
  }

  /** `really`: the user knows that somebody accepted looks like another contact. */
  setPolicy(contactId: ContactId, policy: Policy, really = false): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.setPolicy({ contactId, policy, really }));
  }

  removeContact(contactId: ContactId): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.removeContact({ contactId }));
  }

  /** Accepts the key as the contact's own; another contact with that key is merged into this one. */
  acceptIdentity(
    contactId: ContactId,
    identity: Identity,
    merge: boolean,
  ): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.acceptIdentity({ contactId, identity, merge }));
  }

  setVerified(contactId: ContactId, verified: boolean): Promise<Problem | null> {
    return this.#do(({ chat }) => chat.setVerified({ contactId, verified }));
  }

  updateSettings(change: Partial<Settings>): Promise<Outcome<Settings>> {
    return this.#ask(({ chat }) => chat.updateSettings(change));
  }

  /** Keeps a conversation at the top, or silences it. */
  arrange(contactId: ContactId, change: { pinned?: boolean; muted?: boolean }) {
    return this.#do(({ chat }) => chat.arrange({ contactId, ...change }));
  }

  copyText(text: string): Promise<Problem | null> {
    return this.#do(({ host }) => host.copyText({ text }));
  }

  openExternal(url: string): Promise<Problem | null> {
    return this.#do(({ host }) => host.openExternal({ url }));
  }

  /** Runs something that leaves the state to the events that follow. */
  readonly ask = <T>(run: (bridge: Bridge) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    this.#ask(run);

  async #ask<T>(run: (bridge: Bridge) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return this.#sync?.ask(run) ?? { ok: false, problem: problem('stopped') };
  }

  async #do(run: (bridge: Bridge) => Promise<Outcome<unknown>>): Promise<Problem | null> {
    const outcome = await this.#ask(run);
    return outcome.ok ? null : outcome.problem;
  }

  #close(): void {
    this.#stopWatching();
    this.#stopWatching = () => {};
    this.#sync?.stop();
    this.#sync = null;
  }

  #set(state: AppState): void {
    if (state === this.#state) return;
    const before = this.#state;
    this.#state = this.#drafts.follow(before, state);
    for (const listener of this.#listeners) listener();
    const left = leftAttempt(before, state);
    if (left !== null) void this.#do(({ chat }) => chat.forgetAttempt({ contactId: left }));
  }
}
