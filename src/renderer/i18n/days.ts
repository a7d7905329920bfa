/** A calendar day of 24 hours in UTC. Milliseconds. */
const DAY = 86_400_000;
/** The last time that JavaScript's dates support, and, negated, the first. Unix milliseconds. */
const LAST = 8_640_000_000_000_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether dates support this time: remote and imported times may be any number. */
export function isMoment(at: number): boolean {
  return Math.abs(at) <= LAST;
}

/** The time in ISO form, for HTML and reports; undefined if it is out of range. */
export function isoTime(at: number): string | undefined {
  return isMoment(at) ? new Date(at).toISOString() : undefined;
}

/**
 * The calendar day of a time in `timeZone` (the viewer's own when undefined); '' if it is out of
 * range.
 */
export function dayKey(at: number, timeZone?: string): string {
  return isMoment(at) ? dayFormat(timeZone).format(at) : '';
}

/**
 * How many calendar days `at` lies before `now`: 0 on the same day, 1 yesterday, whether that day
 * had 23, 24 or 25 hours. NaN if out of range.
 */
export function daysBefore(at: number, now: number, timeZone?: string): number {
  const day = (moment: number) => Date.parse(dayKey(moment, timeZone));
  return Math.round((day(now) - day(at)) / DAY);
}

function dayFormat(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone ?? '');
  if (known) return known;
  // Swedish formats dates like ISO 8601.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone ?? '', made);
  return made;
}
