import {
  type DayWords,
  dayLabel,
  exactTimeLabel,
  shortWhenLabel,
  timeLabel,
} from '../state/labels.ts';

/** Dates, times and amounts as the reader's locale writes them. Times are Unix milliseconds. */
export interface Formats {
  /** `14:02` */
  readonly time: (at: number) => string;
  /** `14:02:07.123`, for what happens within a moment. */
  readonly preciseTime: (at: number) => string;
  /** The whole date and time. */
  readonly exactTime: (at: number) => string;
  /** `22 November 2026` */
  readonly date: (at: number) => string;
  /** The heading of a day in a conversation. */
  readonly day: (at: number, now: number) => string;
  /** When something last happened, short. */
  readonly shortWhen: (at: number, now: number) => string;
  /** `5 minutes ago`, `in 3 days`; the unit is the largest that fits. */
  readonly relative: (at: number, now: number) => string;
  readonly number: (value: number) => string;
  /** `66,000 bytes`: exact, for limits. */
  readonly bytes: (count: number) => string;
  /** `1.4 MB`: rounded, for sizes. */
  readonly size: (count: number) => string;
}

const UNITS = [
  ['year', 365 * 24 * 3_600_000],
  ['month', 30 * 24 * 3_600_000],
  ['week', 7 * 24 * 3_600_000],
  ['day', 24 * 3_600_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Formats for one locale. `words` are the days that have a name of their own. */
export function createFormats(locale: string, words: DayWords, timeZone?: string): Formats {
  const style = { locale, timeZone };
  const number = new Intl.NumberFormat(locale);
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' });
  const precise = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hour12: false,
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    time: (at) => timeLabel(at, style),
    preciseTime: (at) => precise.format(at),
    exactTime: (at) => exactTimeLabel(at, style),
    date: (at) => date.format(at),
    day: (at, now) => dayLabel(at, now, words, style),
    shortWhen: (at, now) => shortWhenLabel(at, now, words, style),
    relative: (at, now) => {
      const distance = at - now;
      const [unit, length] = UNITS.find(([, it]) => Math.abs(distance) >= it) ?? ['second', 1_000];
      return relative.format(Math.round(distance / length), unit);
    },
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
