import type { Problem } from '../../shared/problems/problem.ts';
import { AlertIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';

/** Warnings about our own side, across the window until they are over. */
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
