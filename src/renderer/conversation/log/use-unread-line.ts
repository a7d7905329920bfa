import { useMemo, useState } from 'react';
import type { Thread } from '../../state/threads.ts';
import { firstUnread } from '../../state/timeline.ts';

interface Basis {
  readonly unread: number;
  /** The newest message when they were counted. */
  readonly upTo: number;
}

/**
 * The first message that was unread when the conversation was opened, or when its reader returned
 * to it; null if there is none, while it is not loaded, and after a reply.
 */
export function useUnreadLine(
  thread: Thread | undefined,
  unread: number,
  /** Whether the reader sees new messages. */
  watching: boolean,
): number | null {
  const [basis, setBasis] = useState<Basis | null>(null);
  const [read, setRead] = useState(true);
  const last = thread?.to === null ? thread.messages.at(-1) : undefined;
  const newest = last?.seq ?? null;
  // A reply implies having read it.
  if (basis !== null && last?.author === 'me' && last.seq > basis.upTo) setBasis(null);
  // While rendering, not after it: the initial scroll position depends on it.
  if (unread === 0 && !read) setRead(true);
  if (unread > 0 && read && newest !== null) {
    setRead(false);
    if (!watching) setBasis({ unread, upTo: newest });
  }
  return useMemo(
    () => (thread === undefined || basis === null ? null : firstUnread(thread, basis)),
    [thread, basis],
  );
}
