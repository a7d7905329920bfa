import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayKey, daysBefore, isoTime } from '../../../../src/renderer/i18n/days.ts';
import { createFormats } from '../../../../src/renderer/i18n/formats.ts';

const HOUR = 3_600_000;
const words = { today: 'Today', yesterday: 'Yesterday' };

/** Days of 23 and of 25 hours, and one that a country left out. */
const CHANGES = [
  { zone: 'Europe/Berlin', day: '2026-10-25', hours: 25 },
  { zone: 'Europe/Berlin', day: '2026-03-29', hours: 23 },
  { zone: 'America/New_York', day: '2026-11-01', hours: 25 },
  { zone: 'America/New_York', day: '2026-03-08', hours: 23 },
  // The clock changes at midnight: the day begins at one.
  { zone: 'America/Santiago', day: '2026-09-06', hours: 23 },
  { zone: 'Australia/Lord_Howe', day: '2026-04-05', hours: 24.5 },
] as const;

describe.each(CHANGES)('around the day of $hours hours in $zone', ({ zone, day, hours }) => {
  // Noon, from which the day reaches at least 11 hours to both sides.
  const noon = [...Array(48).keys()]
    .map((half) => Date.parse(day) - 12 * HOUR + half * HOUR)
    .find((at) => dayKey(at, zone) === day && hourOf(at, zone) === 12);
  if (noon === undefined) throw new Error('The day has no noon.');
  const format = createFormats('en-GB', words, zone);

  test(`it has ${hours} hours here`, () => {
    const minutes = [...Array(60 * 60).keys()].map((it) => noon + (it - 30 * 60) * 60_000);
    expect(minutes.filter((it) => dayKey(it, zone) === day).length / 60).toBe(hours);
  });

  test('every moment of it is today during it, and yesterday all through the next day', () => {
    for (let at = noon - 11 * HOUR; at < noon + 11 * HOUR; at += HOUR / 2) {
      expect(format.day(at, noon)).toBe('Today');
      for (const later of [13.5, 18, 24, 30, 34.5]) {
        const now = noon + later * HOUR;
        if (dayKey(now, zone) === day) continue;
        expect(daysBefore(at, now, zone)).toBe(1);
        expect(format.day(at, now)).toBe('Yesterday');
        expect(format.shortWhen(at, now)).toBe('Yesterday');
      }
    }
  });

  test('the day before it is not yesterday on the day after it', () => {
    const label = format.shortWhen(noon - 24 * HOUR, noon + 24 * HOUR);
    expect(label).toMatch(/^\w{3}$/);
  });
});

test('a weekday stands for the last six days only, never for the same weekday a week ago', () => {
  const zone = 'Europe/Berlin';
  const now = Date.parse('2026-10-26T22:30:00Z');
  const format = createFormats('en-GB', words, zone);
  expect(format.shortWhen(Date.parse('2026-10-20T05:00:00Z'), now)).toBe('Tue');
  expect(format.shortWhen(Date.parse('2026-10-19T23:00:00Z'), now)).toBe('Tue');
  expect(format.shortWhen(Date.parse('2026-10-19T21:00:00Z'), now)).toBe('19/10/2026');
});

test('any number is formatted as a date without an error', () => {
  const number = fc.oneof(
    fc.double(),
    fc.maxSafeInteger(),
    fc.constantFrom(9e15, -9e15, 8.64e15, -8.64e15, 253_402_300_800_000, Number.NaN),
  );
  const { time, exactTime, preciseTime, date, day, shortWhen } = createFormats('de', words);
  fc.assert(
    fc.property(number, number, (at, now) => {
      const all = [time(at), exactTime(at), preciseTime(at), date(at), day(at, now)];
      for (const it of [...all, shortWhen(at, now)]) expect(it).not.toBe('');
      isoTime(at);
    }),
  );
  expect(time(9e15)).toBe('?');
  expect(isoTime(9e15)).toBeUndefined();
});

function hourOf(at: number, timeZone: string): number {
  return Number(
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at),
  );
}
