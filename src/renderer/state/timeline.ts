import type { Message } from '../../shared/model/model.ts';
import { dayKey } from '../i18n/days.ts';
import { keyOf, type Thread } from './threads.ts';

/** One line of a conversation as it is shown. */
export type Row =
  /** Nothing is older than what follows. */
  | { readonly kind: 'start'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  /** What follows had not been read when the conversation was opened. */
  | { readonly kind: 'unread'; readonly key: string }
  | MessageRow;

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly message: Message;
  /** Whether it begins, and ends, a block of messages of one author in quick succession. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** Whether time and state are shown to the eye; to a screen reader each message tells both. */
  readonly meta: boolean;
}

/** Messages further apart than this start a new block. Milliseconds. */
const RUN_PAUSE = 5 * 60_000;

/**
 * The rows of a thread; `unreadFrom` is the `seq` of the first unread message. While older messages
 * exist, the first one that is loaded is not shown: what stands above a message depends on the one
 * before it, and a row that changed when its page comes would move what is being read.
 */
export function rowsOf(
  { messages, from }: Thread,
  unreadFrom: number | null,
  timeZone?: string,
): readonly Row[] {
  const rows: Row[] = from === 0 && messages.length > 0 ? [{ kind: 'start', key: 'start' }] : [];
  const days = messages.map((it) => dayKey(it.sentAt, timeZone));
  for (let index = from === 0 ? 0 : 1; index < messages.length; index += 1) {
    const message = messages[index];
    if (message === undefined) break;
    const key = keyOf(message);
    const newDay = index === 0 || days[index] !== days[index - 1];
    if (newDay) rows.push({ kind: 'day', key: `day ${key}`, at: message.sentAt });
    if (message.seq === unreadFrom) rows.push({ kind: 'unread', key: 'unread' });
    const next = messages[index + 1];
    const closes =
      next === undefined ||
      days[index + 1] !== days[index] ||
      next.seq === unreadFrom ||
      !joins(message, next);
    const opens = newDay || message.seq === unreadFrom || !joins(messages[index - 1], message);
    const meta = closes || next?.state !== message.state || message.problem !== null;
    rows.push({ kind: 'message', key, message, opens, closes, meta });
  }
  return rows;
}

function joins(before: Message | undefined, after: Message): boolean {
  return before?.author === after.author && Math.abs(after.sentAt - before.sentAt) < RUN_PAUSE;
}

/**
 * The first of the `unread` newest messages of theirs up to `upTo`, or null when it is not loaded:
 * then it comes with an older page.
 */
export function firstUnread(
  { messages, to }: Thread,
  { upTo, unread }: { readonly upTo: number; readonly unread: number },
): number | null {
  if (unread === 0 || (to !== null && to <= upTo)) return null;
  let left = unread;
  for (const { author, seq } of messages.toReversed()) {
    if (author === 'me' || seq > upTo) continue;
    left -= 1;
    if (left === 0) return seq;
  }
  return null;
}

/**
 * How rows follow others: `keep`: the first one is still the first; `shift`: rows came or went at
 * the start; `new`: another part of the conversation.
 */
export function shiftOf(before: readonly Row[], after: readonly Row[]): 'keep' | 'shift' | 'new' {
  const [was] = before;
  const [is] = after;
  if (was === undefined || is === undefined || was.key === is.key) return 'keep';
  const holds = (rows: readonly Row[], key: string) => rows.some((it) => it.key === key);
  return holds(after, was.key) || holds(before, is.key) ? 'shift' : 'new';
}

/** The index of the message at `seq`, or of the next one that is there; -1 for none. */
export function rowAt(rows: readonly Row[], seq: number): number {
  return rows.findIndex((it) => it.kind === 'message' && it.message.seq >= seq);
}

/** The `seq` of the message at `index`, or of the next one below; null if there is none. */
export function seqAt(rows: readonly Row[], index: number): number | null {
  const row = rows.slice(index).find((it) => it.kind === 'message');
  return row?.kind === 'message' ? row.message.seq : null;
}
