import { inspect } from 'node:util';
import { printable } from './printable.ts';

/** The answer of `get_stats` on one line, as JavaScript prints it, safe for a terminal. */
export function inspectStats(stats: { name: string; messages_received: number }): string {
  const { name, messages_received } = stats;
  return printable(inspect({ name, messages_received }, { breakLength: Number.POSITIVE_INFINITY }));
}

/** A text in quotes, as JavaScript prints it, safe for a terminal. */
export function inspectText(text: string): string {
  return printable(inspect(text, { breakLength: Number.POSITIVE_INFINITY }));
}
