import type { Problem } from '../../shared/problems/problem.ts';
import { AlertIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';

/** What is wrong on our own side though we run, across the window until it is over. */
export function WarningsBanner({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="banner" role="alert">
      <AlertIcon />
      <div className="banner-texts">
        {problems.map((problem) => (
          <ProblemText key={problem.code + JSON.stringify(problem.params)} problem={problem} />
        ))}
      </div>
    </div>
  );
}
