import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContactId, Message, SearchHit } from '../../shared/model/model.ts';
import {
  answered,
  asking,
  continued,
  EMPTY_FIND,
  type Find,
  failed,
  needsMore,
  stepped,
} from './find.ts';
import { useStore } from './use-store.ts';

/** How long typing rests before it is searched for. Milliseconds. */
const PAUSE = 150;
const PAGE = 50;

export interface Search {
  readonly find: Find;
  /** Searches for another text; an empty one ends the search. */
  readonly ask: (query: string) => void;
  /** Goes one result further: 1 to the older one, -1 to the newer one. */
  readonly step: (by: 1 | -1) => void;
  /** Reads further results. */
  readonly readMore: () => void;
  /** Hands the first result to `use`: that of the text as it is now, once it is there. */
  readonly whenFound: (use: (message: Message) => void) => void;
  /** Drops what waits for the answer: the user has turned to something else. */
  readonly forget: () => void;
  /** Searches again for the same text. */
  readonly again: () => void;
}

/**
 * A search for messages, in one conversation or in all (null). `onHit` is told of each result that
 * is stepped to.
 */
export function useSearch(
  contactId: ContactId | null,
  onHit: ((hit: SearchHit) => void) | null,
): Search {
  const store = useStore();
  const [find, setFind] = useState(EMPTY_FIND);
  const latest = useRef<Find>(EMPTY_FIND);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const reading = useRef(false);
  /** What was asked for while the answer was on its way: it is done with the answer. */
  const early = useRef<(() => void)[]>([]);
  /** An answer that comes after the search was left moves nobody. */
  const left = useRef(false);

  const show = useCallback(
    (next: Find) => {
      const before = latest.current.hits[latest.current.at];
      latest.current = next;
      setFind(next);
      const hit = next.hits[next.at];
      if (hit && hit !== before) onHit?.(hit);
    },
    [onHit],
  );

  const readMore = useCallback(async () => {
    const { query, hits, more } = latest.current;
    if (reading.current || !more) return;
    reading.current = true;
    const before = hits.at(-1)?.message.seq ?? null;
    const outcome = await store.search({ query, contactId, before, limit: PAGE });
    reading.current = false;
    if (left.current) return;
    show(
      outcome.ok
        ? continued(latest.current, query, outcome.value)
        : failed(latest.current, query, outcome.problem),
    );
  }, [store, contactId, show]);

  const search = useCallback(
    async (query: string) => {
      const outcome = await store.search({ query, contactId, before: null, limit: PAGE });
      if (left.current) return;
      show(
        outcome.ok
          ? answered(latest.current, query, outcome.value)
          : failed(latest.current, query, outcome.problem),
      );
      if (latest.current.phase !== 'done' || query !== latest.current.query) return;
      for (const next of early.current.splice(0)) next();
    },
    [store, contactId, show],
  );

  const ask = useCallback(
    (query: string) => {
      clearTimeout(timer.current);
      early.current = [];
      show(asking(latest.current, query));
      if (query.trim() !== '') timer.current = setTimeout(() => void search(query), PAUSE);
    },
    [search, show],
  );

  const step = useCallback(
    (by: 1 | -1) => {
      // What is there yet belongs to the text before.
      if (latest.current.phase === 'searching') {
        early.current.push(() => show(stepped(latest.current, by)));
        return;
      }
      show(stepped(latest.current, by));
      if (needsMore(latest.current)) void readMore();
    },
    [show, readMore],
  );

  const whenFound = useCallback((use: (message: Message) => void) => {
    const first = () => {
      const [hit] = latest.current.hits;
      if (hit) use(hit.message);
    };
    if (latest.current.phase === 'searching') early.current = [first];
    else first();
  }, []);

  const forget = useCallback(() => {
    early.current = [];
  }, []);

  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      clearTimeout(timer.current);
    };
  }, []);
  return {
    find,
    ask,
    step,
    readMore: () => void readMore(),
    whenFound,
    forget,
    again: () => ask(latest.current.query),
  };
}
