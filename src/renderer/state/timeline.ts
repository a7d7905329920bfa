import type { Message } from '../../shared/model.ts';

/** Messages of one author in quick succession, shown as one block. */
export interface Run {
  readonly author: Message['author'];
  readonly messages: readonly Message[];
}

/** The messages of one day. */
export interface Day {
  /** `2026-11-22`, in the viewer's time zone; with a suffix where a day comes again earlier. */
  readonly key: string;
  /** A moment of that day, Unix milliseconds. */
  readonly at: number;
  readonly runs: readonly Run[];
}

interface DayInMaking {
  key: string;
  readonly at: number;
  readonly runs: { readonly author: Run['author']; readonly messages: Message[] }[];
}

/** Messages further apart than this start a new block. Milliseconds. */
const RUN_PAUSE = 5 * 60_000;

/** The calendar day of a moment in `timeZone` (the viewer's own when undefined). */
export function dayKey(at: number, timeZone?: string): string {
  return dayFormat(timeZone).format(at);
}

/** Groups messages (ascending by `seq`) by day, then by author and pause. */
export function groupMessages(messages: readonly Message[], timeZone?: string): readonly Day[] {
  const days: DayInMaking[] = [];
  const format = dayFormat(timeZone);
  for (const message of messages) {
    const key = format.format(message.sentAt);
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, at: message.sentAt, runs: [] };
      days.push(day);
    }
    const run = day.runs.at(-1);
    const last = run?.messages.at(-1);
    const joins =
      run?.author === message.author &&
      last !== undefined &&
      Math.abs(message.sentAt - last.sentAt) < RUN_PAUSE;
    if (joins) run.messages.push(message);
    else day.runs.push({ author: message.author, messages: [message] });
  }
  // Senders' clocks may jump back and forth, so one day can come several times.
  const times = new Map<string, number>();
  for (const day of days.toReversed()) {
    const count = times.get(day.key) ?? 0;
    times.set(day.key, count + 1);
    if (count > 0) day.key += ` ${count}`;
  }
  return days;
}

/**
 * Whether a message shows its time and state to the eye: the last of its block, and one whose state
 * differs from the next. (To a screen reader each message tells both.)
 */
export function showsMeta(message: Message, next: Message | undefined): boolean {
  return next === undefined || next.state !== message.state || message.problem !== null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone ?? '');
  if (known) return known;
  // Swedish writes dates as ISO 8601 does.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone ?? '', made);
  return made;
}
