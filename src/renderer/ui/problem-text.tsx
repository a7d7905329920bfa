import type { Problem } from '../../shared/problems/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** A problem in words: what happened, and the next step. */
export function ProblemText({ problem, id }: { problem: Problem; id?: string }) {
  const { cause, next } = useI18n().problem(problem);
  return (
    <p className="problem" id={id}>
      <bdi className="problem-cause">{cause}</bdi> <bdi className="problem-next">{next}</bdi>
    </p>
  );
}
