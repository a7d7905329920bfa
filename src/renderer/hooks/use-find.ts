import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContactId } from '../../shared/model.ts';
import {
  answered,
  asking,
  continued,
  EMPTY_FIND,
  type Find,
  failed,
  needsMore,
  stepped,
} from '../state/find.ts';
import type { ChatStore } from '../state/store.ts';

/** How long typing rests before it is searched for. Milliseconds. */
const PAUSE = 150;
const PAGE = 50;

/** A search within one conversation: each result that is stepped to is shown in its place. */
export function useFind(store: ChatStore, contactId: ContactId) {
  const [find, setFind] = useState(EMPTY_FIND);
  const latest = useRef<Find>(EMPTY_FIND);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const reading = useRef(false);

  const show = useCallback(
    (next: Find) => {
      const before = latest.current.hits[latest.current.at];
      latest.current = next;
      setFind(next);
      const hit = next.hits[next.at];
      if (hit && hit !== before) void store.jumpTo(contactId, hit.seq, false);
    },
    [store, contactId],
  );

  const readMore = useCallback(async () => {
    const { query, hits } = latest.current;
    if (reading.current || !needsMore(latest.current)) return;
    reading.current = true;
    const before = hits.at(-1)?.seq ?? null;
    const outcome = await store.search({ query, contactId, before, limit: PAGE });
    reading.current = false;
    if (outcome.ok) show(continued(latest.current, query, outcome.value));
  }, [store, contactId, show]);

  const search = useCallback(
    async (query: string) => {
      const outcome = await store.search({ query, contactId, before: null, limit: PAGE });
      show(
        outcome.ok
          ? answered(latest.current, query, outcome.value)
          : failed(latest.current, query, outcome.problem),
      );
    },
    [store, contactId, show],
  );

  const ask = useCallback(
    (query: string) => {
      clearTimeout(timer.current);
      show(asking(latest.current, query));
      if (query.trim() !== '') timer.current = setTimeout(() => void search(query), PAUSE);
    },
    [search, show],
  );

  const step = useCallback(
    (by: 1 | -1) => {
      show(stepped(latest.current, by));
      void readMore();
    },
    [show, readMore],
  );

  useEffect(() => () => clearTimeout(timer.current), []);
  return { find, ask, step };
}
