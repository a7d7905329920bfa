import type { Diagnosis, Finding } from '../../shared/model/diagnosis.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { isoTime } from '../i18n/days.ts';

/**
 * The problem to act on: that of the first failure, else of the first warning; null when there is
 * none.
 */
export function firstProblem({ findings }: Diagnosis): Problem | null {
  const worst = (['failed', 'warning'] as const)
    .map((result) => findings.find((it) => it.result === result && it.problem !== null))
    .find((it) => it !== undefined);
  return worst?.problem ?? null;
}

/** Whether a layer was skipped because an earlier one failed. */
export function isBehindFailure({ findings }: Diagnosis, finding: Finding): boolean {
  const failure = findings.findIndex((it) => it.result === 'failed');
  return finding.result === 'skipped' && failure >= 0 && findings.indexOf(finding) > failure;
}

/**
 * A diagnosis as plain text for support: in English whatever the page's language, and with nothing
 * in it but the findings.
 */
export function reportText(diagnosis: Diagnosis, version: string): string {
  const { address, at, result, connected, findings } = diagnosis;
  const lines = findings.flatMap(({ layer, result, detail, problem, ms }) => [
    `${layer}: ${result} (${ms} ms)`,
    `  ${oneLine(detail)}`,
    ...(problem && problem.cause !== detail ? [`  Cause: ${oneLine(problem.cause)}`] : []),
    ...(problem ? [`  Next: ${oneLine(problem.next)}`] : []),
  ]);
  return [
    `Parley ${version}, connection report`,
    `Address: ${oneLine(address)}`,
    `Time: ${isoTime(at) ?? at}`,
    `Result: ${result}`,
    ...(connected
      ? [`Connected: ${oneLine(connected.name)}, called by ${connected.calledBy}`]
      : []),
    '',
    ...lines,
  ].join('\n');
}

/** Without line breaks and other control characters: it contains remote names. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
