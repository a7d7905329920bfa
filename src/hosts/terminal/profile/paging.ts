import { UsageError } from '../../usage-error.ts';
import type { Arguments } from '../args.ts';

/** Maximum size of a page requested from the core: long messages should not pile up. */
export const PAGE = 100;
const MOST = 10_000;

export interface Paging {
  readonly limit: number;
  readonly before: number | null;
}

/** Reads `--limit` and `--before`. */
export function readPaging(args: Arguments): Paging {
  const limit = whole(args, 'limit') ?? 50;
  if (limit < 1 || limit > MOST) throw new UsageError(`--limit takes a number from 1 to ${MOST}.`);
  return { limit, before: whole(args, 'before') };
}

function whole(args: Arguments, name: string): number | null {
  const text = args.text(name);
  if (text === undefined) return null;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new UsageError(`--${name} takes a whole number.`);
  return value;
}
