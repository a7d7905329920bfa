import { createContext, useContext } from 'react';

/** Shows a short notice at the foot of the window and tells it to a screen reader. */
export const NoticeContext = createContext<(text: string) => void>(() => {});

export function useNotice(): (text: string) => void {
  return useContext(NoticeContext);
}
