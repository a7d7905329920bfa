import type { PeerEvent } from '../../shared/events.ts';
import type { ContactId, Message, MessagePage } from '../../shared/model.ts';

/**
 * The loaded part of one conversation: every message whose `seq` is at least `from`, ascending by
 * `seq`. It always reaches up to the newest message; older pages are put in front.
 */
export interface Thread {
  readonly messages: readonly Message[];
  /** The lowest `seq` that is covered, and the cursor of the next older page; 0: all of it. */
  readonly from: number;
}

/** The events that concern messages. */
export type MessageEvent = Extract<
  PeerEvent,
  { readonly type: 'message-added' | 'message-changed' | 'message-removed' }
>;

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

/** The thread after one event; a message older than what is loaded is left to its page. */
export function applyToThread(thread: Thread, event: MessageEvent): Thread {
  if (event.type === 'message-removed') {
    // An id of theirs may equal one of ours; then ours is meant.
    const sameId = (it: Message) => it.id === event.messageId;
    const mine = thread.messages.findIndex((it) => sameId(it) && it.author === 'me');
    const index = mine >= 0 ? mine : thread.messages.findIndex(sameId);
    return index < 0 ? thread : { ...thread, messages: thread.messages.toSpliced(index, 1) };
  }
  const { message } = event;
  const last = thread.messages.at(-1);
  if (message.seq >= thread.from && (last === undefined || message.seq > last.seq)) {
    if (!thread.messages.some((it) => keyOf(it) === keyOf(message))) {
      return { ...thread, messages: [...thread.messages, message] };
    }
  }
  const index = thread.messages.findIndex((it) => keyOf(it) === keyOf(message));
  if (index >= 0 && thread.messages[index]?.seq === message.seq) {
    return { ...thread, messages: thread.messages.with(index, message) };
  }
  const others = index < 0 ? thread.messages : thread.messages.toSpliced(index, 1);
  if (message.seq < thread.from) return { ...thread, messages: others };
  return { ...thread, messages: sortedBySeq([...others, message]) };
}

/**
 * The thread that a first page starts. `since` are the events that arrived while the page was on
 * its way: they may be newer than it, and applying one twice is harmless.
 */
export function threadOfPage(page: MessagePage, since: readonly MessageEvent[]): Thread {
  const messages = sortedBySeq(page.messages);
  const start: Thread = { messages, from: page.more ? (messages[0]?.seq ?? 0) : 0 };
  return since.reduce(applyToThread, start);
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
  const known = new Set(thread.messages.map(keyOf));
  const older = page.messages.filter((it) => !known.has(keyOf(it)));
  const joined: Thread = {
    messages: sortedBySeq([...older, ...thread.messages]),
    from: page.more ? (page.messages[0]?.seq ?? 0) : 0,
  };
  return since.reduce(applyToThread, joined);
}

/** Several pages, newest first, as one. */
export function joinPages(pages: readonly MessagePage[]): MessagePage {
  const messages = pages.flatMap((page) => page.messages);
  return { messages: sortedBySeq(messages), more: pages.at(-1)?.more ?? false };
}

function sortedBySeq(messages: readonly Message[]): readonly Message[] {
  return messages.toSorted((a, b) => a.seq - b.seq);
}
