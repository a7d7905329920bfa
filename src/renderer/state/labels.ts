import type { LinkState } from '../../shared/model/model.ts';

/** What a link says about a contact at a glance. `waiting`: connected, but not accepted. */
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
