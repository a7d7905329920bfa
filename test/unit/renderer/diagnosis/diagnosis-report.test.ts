import { expect, test } from 'vitest';
import {
  firstProblem,
  isBehindFailure,
  reportText,
} from '../../../../src/renderer/diagnosis/diagnosis-report.ts';
import type { Diagnosis, Finding } from '../../../../src/shared/model/diagnosis.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';

const finding = (about: Partial<Finding>): Finding => ({
  layer: 'address',
  result: 'ok',
  detail: 'Fine.',
  problem: null,
  ms: 1,
  ...about,
});

const refused = problem('refused', { host: 'h', port: 8080 });
const diagnosis: Diagnosis = {
  address: 'h:8080',
  at: Date.UTC(2026, 10, 22, 10),
  result: 'failed',
  findings: [
    finding({
      layer: 'name',
      result: 'warning',
      problem: problem('not-encrypted', { host: 'h', port: 1 }),
    }),
    finding({
      layer: 'route',
      result: 'failed',
      detail: 'h is\n10.0.0.1.',
      problem: refused,
      ms: 20,
    }),
    finding({ layer: 'peer', result: 'skipped', detail: 'Not examined.', ms: 0 }),
  ],
};

test('the next step is that of the failure, not of a warning before it', () => {
  expect(firstProblem(diagnosis)).toBe(refused);
  const [warning] = diagnosis.findings;
  expect(firstProblem({ ...diagnosis, findings: warning ? [warning] : [] })?.code).toBe(
    'not-encrypted',
  );
  expect(firstProblem({ ...diagnosis, findings: [finding({})] })).toBeNull();
});

test('a layer skipped after a failure differs from one that does not apply', () => {
  const [first, , last] = diagnosis.findings;
  expect(last && isBehindFailure(diagnosis, last)).toBe(true);
  expect(first && isBehindFailure(diagnosis, first)).toBe(false);
});

test('the report is plain text with every layer, its cause and next step', () => {
  expect(reportText(diagnosis, '0.1.0')).toBe(`Parley 0.1.0, connection report
Address: h:8080
Time: 2026-11-22T10:00:00.000Z
Result: failed

name: warning (1 ms)
  Fine.
  Cause: The connection to h:1 is not encrypted, and nobody there proves who they are.
  Next: Use it on this computer or on a network you trust; with Parley on both sides it is encrypted.
route: failed (20 ms)
  h is 10.0.0.1.
  Cause: h was reached, but nothing is listening on port 8080.
  Next: Ask your friend to start Parley there, and compare the port with the one it shows.
peer: skipped (0 ms)
  Not examined.`);
});
