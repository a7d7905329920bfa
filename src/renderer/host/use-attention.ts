import { useSyncExternalStore } from 'react';
import { followAttention, hasAttention } from './attention.ts';

/** Whether the user is looking at this window: it is visible and has the focus. */
export function useAttention(): boolean {
  return useSyncExternalStore(followAttention, hasAttention);
}
