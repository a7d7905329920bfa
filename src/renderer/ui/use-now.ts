import { useEffect, useState } from 'react';

/** The time in Unix milliseconds, updated every `every` milliseconds; null: only on rendering. */
export function useNow(every: number | null): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    if (every === null) return;
    const timer = setInterval(() => setTick((it) => it + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return Date.now();
}
