import { useEffect, useState } from 'react';

/** Whether `until` (Unix milliseconds) is in the future; rendered again when it has passed. */
export function useTyping(until = 0): boolean {
  const [, setPassed] = useState(0);
  const isTyping = until > Date.now();
  useEffect(() => {
    if (!isTyping) return;
    // It may have passed since it was drawn.
    const wait = Math.max(0, until - Date.now());
    const timer = setTimeout(() => setPassed(until), wait + 20);
    return () => clearTimeout(timer);
  }, [until, isTyping]);
  return isTyping;
}
