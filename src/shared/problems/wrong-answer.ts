import type { Problem } from './problem.ts';

/**
 * Whether `problem` says that another identity than the pinned one answers; then nothing may be
 * sent.
 */
export function isWrongAnswer(problem: Problem): boolean {
  return problem.code === 'identity-changed' || problem.code === 'plain-refused';
}
