import { expect, test } from 'vitest';
import { EXIT, EXIT_MEANINGS, exitCodeOf } from '../../../../src/hosts/terminal/exit-codes.ts';
import { PROBLEM_CODES } from '../../../../src/shared/problems/problem.ts';

test('every problem has a documented exit code, and none is 0', () => {
  const explained = new Set(EXIT_MEANINGS.map(([code]) => code));
  for (const problem of PROBLEM_CODES) {
    const code = exitCodeOf(problem);
    expect(explained.has(code), problem).toBe(true);
    expect(code, problem).not.toBe(0);
  }
});

test('exit codes are distinct and never change', () => {
  expect(EXIT).toEqual({
    ok: 0,
    internal: 1,
    usage: 2,
    refused: 3,
    timedOut: 4,
    notAPeer: 5,
    overLimit: 6,
    unreachable: 7,
    rejected: 8,
    unconfirmed: 9,
    identity: 10,
    cannotListen: 11,
    storage: 12,
    queued: 13,
    outputClosed: 141,
  });
  expect(EXIT_MEANINGS.map(([code]) => code)).toEqual(Object.values(EXIT));
});
