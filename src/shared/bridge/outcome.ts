import type { Problem } from '../problems/problem.ts';

/** A command's outcome as it crosses a bridge: structured clones lose error classes. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** Stops a subscription. */
export type Unsubscribe = () => void;
