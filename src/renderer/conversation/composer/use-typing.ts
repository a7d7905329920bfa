import { useEffect, useState } from 'react';

/** Whether `until` (Unix milliseconds) is in the future; rendered again when it has passed. */
export function useTyping(until = 0): boolean {
  const [, setPassed] = useState(0);
  const left = until - Date.now();
  useEffect(() => {
    const wait = until - Date.now();
    if (wait <= 0) return;
    const timer = setTimeout(() => setPassed(until), wait + 20);
    return () => clearTimeout(timer);
  }, [until]);
  return left > 0;
}
