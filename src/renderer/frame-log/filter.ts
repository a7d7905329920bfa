import type { WireFrame } from '../../shared/model/wire.ts';
import { isoTime } from '../i18n/days.ts';
import type { WireEntry } from './entries.ts';
import { GROUPS, type WireGroup } from './read-message.ts';

/** Which entries are shown; null shows all of them. */
export interface WireFilter {
  readonly text: string;
  readonly direction: WireFrame['direction'] | null;
  readonly group: WireGroup | null;
}

export const NO_FILTER: WireFilter = { text: '', direction: null, group: null };

/** The entries that match a filter. Masked text cannot be searched for. */
export function filtered(
  entries: readonly WireEntry[],
  { text, direction, group }: WireFilter,
  showBodies: boolean,
): readonly WireEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      (direction === null || entry.frame.direction === direction) &&
      (group === null || GROUPS[entry.message.kind] === group) &&
      (wanted === '' || haystack(entry, showBodies).includes(wanted)),
  );
}

function haystack({ method, maskedText, fullText }: WireEntry, showBodies: boolean): string {
  return `${method ?? ''} ${showBodies ? fullText : maskedText}`.toLowerCase();
}

/** Entries as plain text, one line each, for the clipboard. */
export function copyText(entries: readonly WireEntry[], showBodies: boolean): string {
  return entries
    .map(({ frame, maskedText, fullText, cut }) => {
      const arrow = frame.direction === 'sent' ? '>' : '<';
      const text = showBodies ? fullText : maskedText;
      const json = cut && showBodies ? text : oneLine(text);
      return `${isoTime(frame.at) ?? frame.at} ${arrow} ${frame.bytes} ${json}${cut ? ' …' : ''}`;
    })
    .join('\n');
}

function oneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
