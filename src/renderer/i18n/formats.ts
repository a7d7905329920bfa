import {
  type DayWords,
  dateLabel,
  dayLabel,
  exactTimeLabel,
  preciseTimeLabel,
  shortWhenLabel,
  timeLabel,
} from './times.ts';

/**
 * Dates, times and amounts formatted for the reader's locale. Times are Unix milliseconds; one out
 * of range is a question mark.
 */
export interface Formats {
  /** `14:02` */
  readonly time: (at: number) => string;
  /** `14:02:07.123`, for events in quick succession. */
  readonly preciseTime: (at: number) => string;
  /** The whole date and time. */
  readonly exactTime: (at: number) => string;
  /** `22 November 2026` */
  readonly date: (at: number) => string;
  /** The heading of a day in a conversation. */
  readonly day: (at: number, now: number) => string;
  /** The time of the last event, in short form. */
  readonly shortWhen: (at: number, now: number) => string;
  readonly number: (value: number) => string;
  /** `66,000 bytes`: exact, for limits. */
  readonly bytes: (count: number) => string;
  /** `1.4 MB`: rounded, for sizes. */
  readonly size: (count: number) => string;
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Formats for one locale. `words` are the names of today and yesterday. */
export function createFormats(locale: string, words: DayWords, timeZone?: string): Formats {
  const style = { locale, timeZone };
  const number = new Intl.NumberFormat(locale);
  return {
    time: (at) => timeLabel(at, style),
    preciseTime: (at) => preciseTimeLabel(at, style),
    exactTime: (at) => exactTimeLabel(at, style),
    date: (at) => dateLabel(at, style),
    day: (at, now) => dayLabel(at, now, words, style),
    shortWhen: (at, now) => shortWhenLabel(at, now, words, style),
    number: (value) => number.format(value),
    bytes: (count) => inUnit(locale, count, 'byte', 'long', 0),
    size: (count) => {
      const step = count < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(count) / 3));
      return inUnit(
        locale,
        count / 1000 ** step,
        SIZES[step] ?? 'byte',
        'short',
        step === 0 ? 0 : 1,
      );
    },
  };
}

function inUnit(
  locale: string,
  value: number,
  unit: (typeof SIZES)[number],
  unitDisplay: 'long' | 'short',
  maximumFractionDigits: number,
): string {
  const options = { style: 'unit', unit, unitDisplay, maximumFractionDigits } as const;
  return new Intl.NumberFormat(locale, options).format(value);
}
