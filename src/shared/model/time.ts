/** The last moment that JavaScript's dates can hold, Unix milliseconds (ECMA-262, time values). */
export const MAX_TIME = 8_640_000_000_000_000;

/** Whether `value` is a valid time: whole Unix milliseconds, not before 1970. */
export function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_TIME;
}

/** The valid time nearest to `value`; the beginning of 1970 for anything that is not a number. */
export function nearestTime(value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return 0;
  return Math.trunc(Math.min(Math.max(value, 0), MAX_TIME));
}
