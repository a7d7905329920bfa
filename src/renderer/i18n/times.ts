import { daysBefore, isMoment } from './days.ts';

/** How times are written: undefined means the viewer's own. */
export interface TimeStyle {
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** The names of today and yesterday. */
export interface DayWords {
  readonly today: string;
  readonly yesterday: string;
}

/** Replaces a time out of range. */
const NO_TIME = '?';
/** For so many days back a weekday identifies the day. */
const NAMED_DAYS = 6;

const made = new Map<string, Intl.DateTimeFormat>();

/** Each format is created once: that takes longer than laying out a message. */
function dateFormat(
  locale: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}

/** `14:02` */
export function timeLabel(at: number, { locale, timeZone }: TimeStyle = {}): string {
  return write(at, dateFormat(locale, { timeZone, timeStyle: 'short' }));
}

/** The whole date and time, for a tooltip. */
export function exactTimeLabel(at: number, { locale, timeZone }: TimeStyle = {}): string {
  const format = { timeZone, dateStyle: 'full', timeStyle: 'medium' } as const;
  return write(at, dateFormat(locale, format));
}

/** The date alone, such as `22 November 2026`. */
export function dateLabel(at: number, { locale, timeZone }: TimeStyle = {}): string {
  return write(at, dateFormat(locale, { timeZone, dateStyle: 'long' }));
}

/** `14:02:07.123`, for events in quick succession. */
export function preciseTimeLabel(at: number, { locale, timeZone }: TimeStyle = {}): string {
  const format: Intl.DateTimeFormatOptions = {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hour12: false,
  };
  return write(at, dateFormat(locale, format));
}

/** The heading of a day in a conversation: Today, Yesterday, a weekday and date. */
export function dayLabel(
  at: number,
  now: number,
  words: DayWords,
  { locale, timeZone }: TimeStyle = {},
): string {
  const days = daysBefore(at, now, timeZone);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  const yearOf = dateFormat('en', { timeZone, year: 'numeric' });
  const sameYear = write(at, yearOf) === write(now, yearOf);
  const format: Intl.DateTimeFormatOptions = {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
  };
  return write(at, dateFormat(locale, format));
}

/** The time of the last event, in short form: a time today, Yesterday, a weekday, else a date. */
export function shortWhenLabel(
  at: number,
  now: number,
  words: DayWords,
  { locale, timeZone }: TimeStyle = {},
): string {
  const days = daysBefore(at, now, timeZone);
  if (days === 0) return timeLabel(at, { locale, timeZone });
  if (days === 1) return words.yesterday;
  if (days > 1 && days <= NAMED_DAYS) {
    return write(at, dateFormat(locale, { timeZone, weekday: 'short' }));
  }
  return write(at, dateFormat(locale, { timeZone, dateStyle: 'short' }));
}

function write(at: number, format: Intl.DateTimeFormat): string {
  return isMoment(at) ? format.format(at) : NO_TIME;
}
