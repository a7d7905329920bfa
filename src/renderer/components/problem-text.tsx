import type { Problem } from '../../shared/problem.ts';

/** A problem in words: what happened, and what to do next. */
export function ProblemText({ problem, id }: { problem: Problem; id?: string }) {
  return (
    <p className="problem" id={id}>
      <bdi className="problem-cause">{problem.cause}</bdi>{' '}
      <bdi className="problem-next">{problem.next}</bdi>
    </p>
  );
}
