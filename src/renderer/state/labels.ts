import type { LinkState } from '../../shared/model/model.ts';
import { daysBefore, isMoment } from './days.ts';

/** How times are written: undefined means the viewer's own. */
export interface TimeStyle {
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** The words for days that have a name of their own. */
export interface DayWords {
  readonly today: string;
  readonly yesterday: string;
}

/** In place of a time that no calendar has. */
const NO_TIME = '?';
/** So many days back a weekday tells which day it was. */
const NAMED_DAYS = 6;

const made = new Map<string, Intl.DateTimeFormat>();

/** Each format is made once: making one takes longer than laying out a message. */
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

/** `14:02:07.123`, for what happens within a moment. */
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

/** When something last happened, short: a time today, Yesterday, a weekday, else a date. */
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

/** What a link says about a contact at a glance. */
/** `waiting`: connected, but not accepted. */
export type Presence = 'online' | 'waiting' | 'connecting' | 'offline' | 'idle';

export function presenceOf(link: LinkState): Presence {
  const waits = link.phase === 'online' && link.problem?.code === 'not-answered';
  return waits ? 'waiting' : link.phase;
}

/** An address as it is shown beside a name: the place, without how to speak to it. */
export function placeOf(address: string): string {
  return address.replace(/^(?:parley|http):\/\//, '');
}

/** Whole seconds until `retryAt`, at least 0. */
export function secondsUntil(retryAt: number, now: number): number {
  return Math.max(0, Math.ceil((retryAt - now) / 1000));
}

/** A stable colour number for something with an id, 0 to `count` - 1. */
export function colourOf(id: string, count: number): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % count;
}

const segmenter = new Intl.Segmenter();

/** One or two letters that stand for a name: the first of the first and of the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/u).filter((it) => it !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 && !/^\d/.test(name) ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => [...segmenter.segment(word ?? '')][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}
