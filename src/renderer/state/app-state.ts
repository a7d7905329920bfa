import { applyEvent, type EventBatch } from '../../shared/bridge/events.ts';
import type { ContactId, Message, Snapshot } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { accepted, type Draft, EMPTY_DRAFT } from './drafts.ts';
import { quoteKey } from './quotes.ts';
import {
  applyToThread,
  contactOf,
  isMessageEvent,
  type MessageEvent,
  type Thread,
} from './threads.ts';

/** Whether the page hears from its host: not yet, yes, or not any more. */
export type HostPhase = 'starting' | 'live' | 'lost';

/** How the messages of a conversation are being read. */
export interface PageStatus {
  readonly loading: boolean;
  readonly problem: Problem | null;
}

/** A jump to a message. Each is an object of its own, so that the same one can be asked for twice. */
export interface Target {
  readonly contactId: ContactId;
  readonly seq: number;
  /** Whether the focus goes there too. */
  readonly focus: boolean;
}

/** All that the screens show. The core owns everything but `drafts` and `selected`. */
export interface AppState {
  readonly host: HostPhase;
  readonly snapshot: Snapshot | null;
  readonly threads: ReadonlyMap<ContactId, Thread>;
  readonly pages: ReadonlyMap<ContactId, PageStatus>;
  readonly drafts: ReadonlyMap<ContactId, Draft>;
  readonly selected: ContactId | null;
  /** The message that is to be shown in its place. */
  readonly target: Target | null;
  /** Messages that others answer, by `quoteKey`, where they are not in their thread; null: not here. */
  readonly quotes: ReadonlyMap<string, Message | null>;
  /** Contacts that are typing, and until when that holds. Unix milliseconds. */
  readonly typing: ReadonlyMap<ContactId, number>;
}

export const INITIAL_STATE: AppState = {
  host: 'starting',
  snapshot: null,
  threads: new Map(),
  pages: new Map(),
  drafts: new Map(),
  selected: null,
  target: null,
  quotes: new Map(),
  typing: new Map(),
};

/** What a batch of events led to. */
export interface Received {
  readonly state: AppState;
  /** Whether something is missing, so that a new snapshot is needed. */
  readonly gap: boolean;
  /** The message events that were new, in order. */
  readonly fresh: readonly MessageEvent[];
}

/** The state after a batch of events. Events it has already are skipped; a missing one is a gap. */
export function receive(state: AppState, batch: EventBatch): Received {
  const fresh: MessageEvent[] = [];
  if (batch.type === 'gap' || state.snapshot === null) return { state, gap: true, fresh };
  let { snapshot, threads, typing } = state;
  let followed = state;
  let removed = false;
  let gap = false;
  for (const sequenced of batch.events) {
    if (sequenced.seq <= snapshot.seq) continue;
    if (sequenced.seq !== snapshot.seq + 1) {
      gap = true;
      break;
    }
    snapshot = applyEvent(snapshot, sequenced);
    const { event } = sequenced;
    if (event.type === 'conversation-removed') {
      removed = true;
      followed = followMerge(followed, event.contactId, event.mergedInto);
      // Its messages come with no events of their own: read everything anew.
      gap ||= event.mergedInto !== null;
    }
    if (event.type === 'typing') typing = withEntry(typing, event.contactId, event.until);
    if (!isMessageEvent(event)) continue;
    // What was being written has arrived.
    if (event.type === 'message-added' && event.message.author === 'them') {
      typing = withEntry(typing, event.message.contactId, 0);
    }
    fresh.push(event);
    if (event.type === 'message-removed') {
      const key = quoteKey(event.contactId, event.messageId);
      const quoted = followed.quotes.get(key);
      if (quoted?.author === event.author) followed = withQuote(followed, key, null);
    }
    const thread = threads.get(contactOf(event));
    if (thread) threads = withEntry(threads, contactOf(event), applyToThread(thread, event));
  }
  const next = { ...followed, snapshot, threads, typing };
  return { state: settleDrafts(removed ? tidy(next) : next, fresh), gap, fresh };
}

/** The state with a new snapshot in place of the old. Threads stay until they are read anew. */
export function withSnapshot(state: AppState, snapshot: Snapshot): AppState {
  return tidy({ ...state, snapshot, host: 'live', quotes: new Map() });
}

/** The state with a part of a conversation that was read from the core. */
export function withThread(state: AppState, contactId: ContactId, thread: Thread): AppState {
  // A contact that was removed meanwhile stays removed; one just added may not be known yet.
  const known = state.snapshot?.conversations.some((it) => it.contact.id === contactId);
  if (!known && state.selected !== contactId) return state;
  const draft = thread.messages.reduce(
    (it, message) => (message.author === 'me' ? accepted(it, message.id) : it),
    draftOf(state, contactId),
  );
  const threads = withEntry(state.threads, contactId, thread);
  return withDraft({ ...state, threads }, contactId, draft);
}

/** So many messages are remembered that others quote. */
const MAX_QUOTES = 500;

/** The state with a message that is quoted, or the knowledge that it is not here. */
export function withQuote(state: AppState, key: string, message: Message | null): AppState {
  const known = [...state.quotes].slice(1 - MAX_QUOTES);
  return { ...state, quotes: new Map([...known, [key, message]]) };
}

export function withPageStatus(
  state: AppState,
  contactId: ContactId,
  status: PageStatus,
): AppState {
  return { ...state, pages: withEntry(state.pages, contactId, status) };
}

/** What is typed in a conversation. */
export function draftOf(state: AppState, contactId: ContactId): Draft {
  return state.drafts.get(contactId) ?? EMPTY_DRAFT;
}

export function withDraft(state: AppState, contactId: ContactId, draft: Draft): AppState {
  if (draftOf(state, contactId) === draft) return state;
  return { ...state, drafts: withEntry(state.drafts, contactId, draft) };
}

/** Takes the selection and the draft along when a contact turns out to be another one. */
function followMerge(state: AppState, from: ContactId, into: ContactId | null): AppState {
  if (into === null) return state;
  const moved = draftOf(state, from);
  const kept = draftOf(state, into);
  // The core has joined them too: this is what it did not have yet.
  const isThere = kept.text.includes(moved.text);
  const text = [kept.text, moved.text].filter((it) => it !== '').join('\n');
  return {
    ...withDraft(state, into, isThere ? kept : { ...kept, text, problem: null }),
    selected: state.selected === from ? into : state.selected,
  };
}

function settleDrafts(state: AppState, events: readonly MessageEvent[]): AppState {
  return events.reduce((it, event) => {
    if (event.type === 'message-removed' || event.message.author !== 'me') return it;
    const { contactId, id } = event.message;
    return withDraft(it, contactId, accepted(draftOf(it, contactId), id));
  }, state);
}

/** Drops what belongs to conversations that are gone. */
function tidy(state: AppState): AppState {
  const known = new Set(state.snapshot?.conversations.map((it) => it.contact.id));
  return {
    ...state,
    threads: only(state.threads, known),
    pages: only(state.pages, known),
    drafts: only(state.drafts, known),
    typing: only(state.typing, known),
    selected: state.selected !== null && known.has(state.selected) ? state.selected : null,
    target: state.target !== null && known.has(state.target.contactId) ? state.target : null,
  };
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

function only<V>(map: ReadonlyMap<string, V>, keys: ReadonlySet<string>): ReadonlyMap<string, V> {
  for (const key of map.keys()) {
    if (!keys.has(key)) return new Map([...map].filter(([it]) => keys.has(it)));
  }
  return map;
}
