import { dayKey, daysBefore, isMoment } from './days.ts';

/** The words for days that have a name of their own. */
export interface DayWords {
  readonly today: string;
  readonly yesterday: string;
}

export type Formats = ReturnType<typeof createFormats>;

/** In place of a time that no calendar has. */
const NO_TIME = '?';
/** So many days back a weekday tells which day it was. */
const NAMED_DAYS = 6;

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * Dates, times and amounts formatted for one locale. Times are Unix milliseconds; one out of range is a
 * question mark. `words` are the names of today and yesterday.
 */
export function createFormats(locale: string, words: DayWords, timeZone?: string) {
  const made = new Map<string, Intl.DateTimeFormat>();
  /** Each format is made once: making one takes longer than laying out a message. */
  const write = (at: number, options: Intl.DateTimeFormatOptions): string => {
    if (!isMoment(at)) return NO_TIME;
    const key = JSON.stringify(options);
    const format = made.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options });
    made.set(key, format);
    return format.format(at);
  };
  const inUnit = (count: number, options: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(locale, { style: 'unit', ...options }).format(count);
  const yearOf = (at: number) => dayKey(at, timeZone).slice(0, -'-11-22'.length);
  const number = new Intl.NumberFormat(locale);
  const time = (at: number) => write(at, { timeStyle: 'short' });
  return {
    /** `14:02` */
    time,
    /** `14:02:07.123`, for events in quick succession. */
    preciseTime: (at: number) =>
      write(at, {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        fractionalSecondDigits: 3,
        hour12: false,
      }),
    /** The whole date and time. */
    exactTime: (at: number) => write(at, { dateStyle: 'full', timeStyle: 'medium' }),
    /** `22 November 2026` */
    date: (at: number) => write(at, { dateStyle: 'long' }),
    /** The heading of a day in a conversation: Today, Yesterday, a weekday and date. */
    day: (at: number, now: number) => {
      const days = daysBefore(at, now, timeZone);
      if (days === 0) return words.today;
      if (days === 1) return words.yesterday;
      const year = yearOf(at) === yearOf(now) ? undefined : 'numeric';
      return write(at, { weekday: 'long', day: 'numeric', month: 'long', year });
    },
    /** The time of the last event, in short form: a time today, Yesterday, a weekday, else a date. */
    shortWhen: (at: number, now: number) => {
      const days = daysBefore(at, now, timeZone);
      if (days === 0) return time(at);
      if (days === 1) return words.yesterday;
      const isNamed = days > 1 && days <= NAMED_DAYS;
      return write(at, isNamed ? { weekday: 'short' } : { dateStyle: 'short' });
    },
    number: (value: number) => number.format(value),
    /** `66,000 bytes`: exact, for limits. */
    bytes: (count: number) =>
      inUnit(count, { unit: 'byte', unitDisplay: 'long', maximumFractionDigits: 0 }),
    /** `1.4 MB`: rounded, for sizes. */
    size: (count: number) => {
      const step = count < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(count) / 3));
      return inUnit(count / 1000 ** step, {
        unit: SIZES[step] ?? 'byte',
        unitDisplay: 'short',
        maximumFractionDigits: step === 0 ? 0 : 1,
      });
    },
  };
}
