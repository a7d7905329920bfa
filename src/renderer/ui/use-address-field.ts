import { type FocusEvent, type FormEvent, useCallback, useRef, useState } from 'react';
import type { Problem } from '../../shared/problems/problem.ts';

/**
 * Submits the address in a field, one at a time. Its problem is shown until the text changes or the
 * form is left.
 */
export function useAddressField({
  initial,
  onAddress,
  onTaken,
}: {
  readonly initial: string;
  /** Resolves with the problem, or null when the address was accepted. */
  readonly onAddress: (address: string) => Promise<Problem | null>;
  /** `isSame`: nothing else was typed meanwhile. */
  readonly onTaken: (isSame: boolean) => void;
}) {
  const [text, show] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const latest = useRef(initial);
  const setText = useCallback((changed: string) => {
    latest.current = changed;
    show(changed);
    setFailure(null);
  }, []);
  const submit = async () => {
    setBusy(true);
    const problem = await onAddress(text);
    setBusy(false);
    const isSame = latest.current === text;
    if (isSame) setFailure(problem);
    if (problem === null) onTaken(isSame);
  };
  return {
    text,
    setText,
    /** About the current text; null when it was changed since, or the form was left. */
    failure,
    busy,
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      if (!busy) void submit();
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLFormElement>) => {
      // Looking up the address in another window is not leaving the form.
      const isLeft = document.hasFocus() && !currentTarget.contains(relatedTarget);
      if (isLeft) afterPress(() => setFailure(null));
    },
  };
}

/**
 * Runs it now, or once the pressed pointer is released: the pressed element must not move
 * meanwhile.
 */
function afterPress(task: () => void): void {
  if (document.querySelector(':active') === null) {
    task();
    return;
  }
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    // The click event follows.
    setTimeout(task);
  };
  for (const name of ['pointerup', 'pointercancel']) {
    document.addEventListener(name, end, { signal: ended.signal });
  }
}
