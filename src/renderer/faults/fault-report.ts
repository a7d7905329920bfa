import { isoTime } from '../i18n/days.ts';

/** Maximum length of a report, in UTF-16 units: a stack may repeat the same components. */
const LONGEST = 8_000;

/** A rendering error as plain English text, for a bug report. */
export function faultReport(
  { error, where }: { readonly error: unknown; readonly where: string },
  now: number,
): string {
  const said = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : error;
  const lines = ['Parley, report of a fault in the window', `Time: ${isoTime(now)}`, String(said)];
  return [...lines, where.trim()].join('\n').slice(0, LONGEST);
}
