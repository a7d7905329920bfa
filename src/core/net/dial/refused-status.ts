import type { ProblemError } from '../../../shared/problems/problem.ts';
import { dialProblem, type Target } from './dial-problems.ts';
import { type Refused, refusalReason } from './refusal-words.ts';

/** Answers of servers without such a method: the path or the HTTP method is unknown to them. */
const UNKNOWN_THERE: ReadonlySet<number> = new Set([404, 405, 410, 426, 501]);

/**
 * The problem of an HTTP status in place of a call's answer. Only a reason that the other side
 * gives is shown; none is guessed.
 */
export function refusedStatus(refused: Refused, target: Target): ProblemError {
  const { status, words } = refused;
  const why = refusalReason(refused);
  if (status === 429 || status === 503) return dialProblem('peer-busy', target, { why });
  const denied = status >= 400 && (status < 500 || words !== '') && !UNKNOWN_THERE.has(status);
  return denied ? dialProblem('call-refused', target, { why }) : dialProblem('not-a-peer', target);
}
