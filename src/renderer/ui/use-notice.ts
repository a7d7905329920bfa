import { createContext, useCallback, useContext } from 'react';
import type { Problem } from '../../shared/problems/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** Shows a short notice at the foot of the window and tells it to a screen reader. */
export const NoticeContext = createContext<(text: string) => void>(() => {});

export function useNotice(): (text: string) => void {
  return useContext(NoticeContext);
}

/** Waits for something that was asked for, and shows a notice of the problem if it could not be done. */
export function useAct(): (task: Promise<Problem | null>) => void {
  const { problem } = useI18n();
  const notify = useNotice();
  return useCallback(
    (task) =>
      void task.then((failure) => {
        if (failure === null) return;
        const { cause, next } = problem(failure);
        notify(`${cause} ${next}`);
      }),
    [problem, notify],
  );
}
