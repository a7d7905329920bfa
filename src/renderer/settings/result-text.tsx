import { ProblemText } from '../ui/problem-text.tsx';
import type { Result } from './use-apply.ts';

/** The result of changing a setting, or why it failed; announced to screen readers as well. */
export function ResultText({ result, id }: { result: Result; id?: string }) {
  const failed = typeof result === 'object' && result !== null;
  return (
    <div className="outcome" id={id}>
      <div role="status">{typeof result === 'string' && <bdi>{result}</bdi>}</div>
      <div role="alert">{failed && <ProblemText problem={result} />}</div>
    </div>
  );
}
