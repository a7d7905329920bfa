import type { SearchHit, SearchPage } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';

/** A search for messages, and how far one has gone through what it found. */
export interface Find {
  readonly query: string;
  /** Newest first. */
  readonly hits: readonly SearchHit[];
  /** Whether older ones match too. */
  readonly more: boolean;
  /** Which of `hits` is shown; -1 while there are none. */
  readonly at: number;
  /** `idle`: nothing was asked for; `searching`: an answer is on its way. */
  readonly phase: 'idle' | 'searching' | 'done' | 'failed';
  readonly problem: Problem | null;
}

export const EMPTY_FIND: Find = {
  query: '',
  hits: [],
  more: false,
  at: -1,
  phase: 'idle',
  problem: null,
};

/** The search for another text. What was found for the text before stays until its answer comes. */
export function asking(find: Find, query: string): Find {
  if (query.trim() === '') return { ...EMPTY_FIND, query };
  return { ...find, query, phase: 'searching', problem: null };
}

/** The search with the first page of an answer; one to another text is too late and changes nothing. */
export function answered(find: Find, query: string, page: SearchPage): Find {
  if (query !== find.query || find.phase !== 'searching') return find;
  const { hits, more } = page;
  return { ...find, hits, more, at: hits.length > 0 ? 0 : -1, phase: 'done' };
}

/** The search with a further page of what it found. */
export function continued(find: Find, query: string, page: SearchPage): Find {
  if (query !== find.query) return find;
  const last = find.hits.at(-1)?.message.seq ?? Number.POSITIVE_INFINITY;
  const older = page.hits.filter((it) => it.message.seq < last);
  const hits = [...find.hits, ...older];
  return { ...find, hits, more: page.more, at: hits.length > 0 ? Math.max(0, find.at) : -1 };
}

export function failed(find: Find, query: string, problem: Problem): Find {
  return query === find.query ? { ...find, phase: 'failed', problem } : find;
}

/**
 * One result further: 1 to the older one, -1 to the newer one. At the ends it starts over at the
 * other end, but not past older ones that are not read yet.
 */
export function stepped(find: Find, step: 1 | -1): Find {
  const { hits, at, more } = find;
  if (hits.length === 0) return find;
  const next = at + step;
  if (next < 0) return { ...find, at: hits.length - 1 };
  if (next < hits.length) return { ...find, at: next };
  return more ? find : { ...find, at: 0 };
}

/** Whether the next older result must be read first. */
export function needsMore({ hits, at, more }: Find): boolean {
  return more && at >= hits.length - 2;
}
