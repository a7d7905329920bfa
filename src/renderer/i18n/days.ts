/** A calendar day of 24 hours, as UTC has them. Milliseconds. */
const DAY = 86_400_000;
/** The last moment that JavaScript's calendar has, and, negated, the first. Unix milliseconds. */
const LAST = 8_640_000_000_000_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the calendar has this moment: what others send, and what was imported, may be any number. */
export function isMoment(at: number): boolean {
  return Math.abs(at) <= LAST;
}

/** The moment as HTML and reports write it; undefined where no calendar has it. */
export function isoTime(at: number): string | undefined {
  return isMoment(at) ? new Date(at).toISOString() : undefined;
}

/** The calendar day of a moment in `timeZone` (the viewer's own when undefined); '' if it has none. */
export function dayKey(at: number, timeZone?: string): string {
  return isMoment(at) ? dayFormat(timeZone).format(at) : '';
}

/**
 * How many calendar days `at` lies before `now`: 0 on the same day, 1 yesterday, whether that day had
 * 23, 24 or 25 hours. NaN where there is no such day.
 */
export function daysBefore(at: number, now: number, timeZone?: string): number {
  const day = (moment: number) => Date.parse(dayKey(moment, timeZone));
  return Math.round((day(now) - day(at)) / DAY);
}

function dayFormat(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone ?? '');
  if (known) return known;
  // Swedish writes dates as ISO 8601 does.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone ?? '', made);
  return made;
}
