import { useState } from 'react';
import type { Settings } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { useStore } from '../state/use-store.ts';

/** What came of the last change: what it did, or what is wrong. */
export type Result = string | Problem | null;

/** Runs changes of one part of the settings, one at a time, and keeps what came of the last one. */
export function useApply() {
  const store = useStore();
  const [result, setResult] = useState<Result>(null);
  const [busy, setBusy] = useState(false);
  const apply = async (wanted: Partial<Settings>, said: (now: Settings) => string) => {
    if (busy) return false;
    setBusy(true);
    const outcome = await store.updateSettings(wanted);
    setBusy(false);
    setResult(outcome.ok ? said(outcome.value) : outcome.problem);
    return outcome.ok;
  };
  return { result, busy, apply, setResult };
}
