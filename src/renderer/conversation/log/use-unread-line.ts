import { useMemo, useState } from 'react';
import type { Thread } from '../../state/threads.ts';
import { firstUnread } from '../../state/timeline.ts';

interface Basis {
  readonly unread: number;
  /** The newest message when they were counted. */
  readonly upTo: number;
}

/**
 * The first message that had not been read when the conversation was opened, or when its reader
 * came back to it; null if there is none, while it is not loaded, and once it was answered.
 */
export function useUnreadLine(
  thread: Thread | undefined,
  unread: number,
  /** Whether the reader is looking at what comes in. */
  watching: boolean,
): number | null {
  const [basis, setBasis] = useState<Basis | null>(null);
  const [read, setRead] = useState(true);
  const last = thread?.to === null ? thread.messages.at(-1) : undefined;
  const newest = last?.seq ?? null;
  // Answering implies having read it.
  if (basis !== null && last?.author === 'me' && last.seq > basis.upTo) setBasis(null);
  // While rendering, not after it: where the log opens depends on it.
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
