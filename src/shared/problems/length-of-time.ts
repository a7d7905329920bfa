/** The parameters of problems that are lengths of time, in milliseconds. */
export const LENGTHS_OF_TIME: ReadonlySet<string> = new Set(['difference']);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const SECOND = ['second', 1_000] as const;

/** Milliseconds in the largest unit of which there are two: 3 hours, 90 seconds. */
export function inLargestUnit(ms: number): {
  readonly count: number;
  readonly unit: 'day' | 'hour' | 'minute' | 'second';
} {
  const [unit, size] = UNITS.find(([, length]) => ms >= 2 * length) ?? SECOND;
  return { count: Math.round(ms / size), unit };
}

/** `3 hours`: milliseconds in an English sentence. */
export function lengthOfTime(ms: number): string {
  const { count, unit } = inLargestUnit(ms);
  return `${count} ${unit}s`;
}
