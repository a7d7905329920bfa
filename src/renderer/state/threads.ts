import type { PeerEvent } from '../../shared/bridge/events.ts';
import type { ContactId, Message, MessagePage } from '../../shared/model/model.ts';

/**
 * The loaded part of one conversation, without holes: every message whose `seq` is at least `from`
 * and below `to`, ascending by `seq`. Pages are put in front and behind, and dropped again.
 */
export interface Thread {
  readonly messages: readonly Message[];
  /** The lowest `seq` that is covered, and the cursor of the next older page; 0: all of it. */
  readonly from: number;
  /** The lowest `seq` that is not covered any more; null: it reaches up to the newest message. */
  readonly to: number | null;
}

/** The events that concern messages. */
export type MessageEvent = Extract<
  PeerEvent,
  { readonly type: 'message-added' | 'message-changed' | 'message-removed' }
>;

/** So many messages are kept of a conversation that is on screen. */
export const MAX_SHOWN = 600;
/** So many at most, if nobody looks: then the thread no longer follows the newest. */
const MAX_FOLLOWED = 2_000;

/** What tells a message from every other of its conversation. */
export function keyOf(message: Pick<Message, 'author' | 'id'>): string {
  return `${message.author} ${message.id}`;
}

/** Whose conversation a message event belongs to. */
export function contactOf(event: MessageEvent): ContactId {
  return event.type === 'message-removed' ? event.contactId : event.message.contactId;
}

/** Whether `event` is about a message. */
export function isMessageEvent(event: PeerEvent): event is MessageEvent {
  return (
    event.type === 'message-added' ||
    event.type === 'message-changed' ||
    event.type === 'message-removed'
  );
}

/** Whether a message with this `seq` belongs to the loaded part. */
export function covers({ from, to }: Thread, seq: number): boolean {
  return seq >= from && (to === null || seq < to);
}

/** Whether that message is shown: the oldest one only when nothing is older (see `rowsOf`). */
export function shows(thread: Thread, seq: number): boolean {
  const hidden = thread.from > 0 && seq <= (thread.messages[0]?.seq ?? 0);
  return covers(thread, seq) && !hidden;
}

/** The thread after one event; a message outside of what is loaded is left to its page. */
export function applyToThread(thread: Thread, event: MessageEvent): Thread {
  if (event.type === 'message-removed') {
    const gone = keyOf({ author: event.author, id: event.messageId });
    const index = thread.messages.findIndex((it) => keyOf(it) === gone);
    return index < 0 ? thread : { ...thread, messages: thread.messages.toSpliced(index, 1) };
  }
  const { message } = event;
  const key = keyOf(message);
  const index = thread.messages.findIndex((it) => keyOf(it) === key);
  if (index >= 0 && thread.messages[index]?.seq === message.seq) {
    return { ...thread, messages: thread.messages.with(index, message) };
  }
  const others = index < 0 ? thread.messages : thread.messages.toSpliced(index, 1);
  if (!covers(thread, message.seq)) {
    return index < 0 ? thread : { ...thread, messages: others };
  }
  const last = others.at(-1);
  if (last !== undefined && message.seq < last.seq) {
    return { ...thread, messages: sortedBySeq([...others, message]) };
  }
  if (thread.to === null && others.length >= MAX_FOLLOWED) {
    return { ...thread, messages: others, to: message.seq };
  }
  return { ...thread, messages: [...others, message] };
}

/**
 * The thread that a first page starts. `since` are the events that arrived while the page was on
 * its way: they may be newer than it, and applying one twice is harmless.
 */
export function threadOfPage(page: MessagePage, since: readonly MessageEvent[]): Thread {
  const messages = sortedBySeq(page.messages);
  const start: Thread = { messages, from: oldestOf(page), to: null };
  return since.reduce(applyToThread, start);
}

/** The thread around a message, of the page before it (itself included) and the page after it. */
export function threadAround(
  older: MessagePage,
  newer: MessagePage,
  since: readonly MessageEvent[],
): Thread {
  const messages = sortedBySeq([...older.messages, ...newer.messages]);
  return since.reduce(applyToThread, { messages, from: oldestOf(older), to: endOf(newer) });
}

/**
 * The thread with the page before `before` put in front. A page that does not join on (the thread
 * was loaded anew meanwhile) changes nothing.
 */
export function withOlderPage(
  thread: Thread,
  before: number,
  page: MessagePage,
  since: readonly MessageEvent[],
): Thread {
  if (before !== thread.from) return thread;
  const joined = { ...thread, messages: merged(thread, page), from: oldestOf(page) };
  return since.reduce(applyToThread, joined);
}

/** The thread with the page from `to` on put behind, if it joins on. */
export function withNewerPage(
  thread: Thread,
  to: number,
  page: MessagePage,
  since: readonly MessageEvent[],
): Thread {
  if (to !== thread.to) return thread;
  const joined = { ...thread, messages: merged(thread, page), to: endOf(page) };
  return since.reduce(applyToThread, joined);
}

/** The part that `thread` covers, of messages that were read anew and reach at least as far. */
export function threadAnew(
  thread: Thread,
  page: MessagePage,
  since: readonly MessageEvent[],
): Thread {
  const messages = sortedBySeq(page.messages).filter((it) => covers(thread, it.seq));
  return since.reduce(applyToThread, { ...thread, messages });
}

/** The thread without what is too much, dropped from the end that is further from `seq`. */
export function trimmed(thread: Thread, seq: number): Thread {
  const { messages } = thread;
  const excess = messages.length - MAX_SHOWN;
  if (excess <= 0) return thread;
  const at = messages.findIndex((it) => it.seq >= seq);
  const index = at < 0 ? messages.length : at;
  if (index >= messages.length / 2) {
    const kept = messages.slice(excess);
    return { ...thread, messages: kept, from: kept[0]?.seq ?? thread.from };
  }
  const to = messages[MAX_SHOWN]?.seq ?? thread.to;
  return { ...thread, messages: messages.slice(0, MAX_SHOWN), to };
}

/** Several pages, newest first, as one. */
export function joinPages(pages: readonly MessagePage[]): MessagePage {
  const messages = pages.flatMap((page) => page.messages);
  return { messages: sortedBySeq(messages), more: pages.at(-1)?.more ?? false };
}

function oldestOf(page: MessagePage): number {
  return page.more ? (page.messages[0]?.seq ?? 0) : 0;
}

function endOf(newer: MessagePage): number | null {
  const last = newer.messages.at(-1);
  return newer.more && last !== undefined ? last.seq + 1 : null;
}

function merged(thread: Thread, page: MessagePage): readonly Message[] {
  const known = new Set(thread.messages.map(keyOf));
  const fresh = page.messages.filter((it) => !known.has(keyOf(it)));
  return sortedBySeq([...thread.messages, ...fresh]);
}

function sortedBySeq(messages: readonly Message[]): readonly Message[] {
  return messages.toSorted((a, b) => a.seq - b.seq);
}
