import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  PROBLEM_CODES,
  ProblemError,
  type ProblemParams,
  problem,
  problemOf,
  raise,
} from '../../../../src/shared/problems/problem.ts';

/** A lookup that remembers what was asked for: the placeholders of a problem's sentences. */
function placeholders(code: (typeof PROBLEM_CODES)[number]): readonly string[] {
  const asked = new Set<string>();
  const params = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, key) => {
        asked.add(String(key));
        return undefined;
      },
    },
  );
  problem(code, params);
  return [...asked];
}

describe.each(PROBLEM_CODES)('the problem %s', (code) => {
  test('has a cause and a next step, in sentences', () => {
    const { cause, next } = problem(code, { reason: 'A reason.' });
    expect(cause).toMatch(/^\S.*\.$/s);
    expect(next).toMatch(/^[A-Z].*\.$/s);
    expect(cause).not.toBe(next);
  });

  test('shows all its parameters', () => {
    const params: Record<string, string> = {};
    for (const name of placeholders(code)) params[name] = `<${name} value>`;
    const { cause, next } = problem(code, params);
    for (const value of Object.values(params)) expect(`${cause} ${next}`).toContain(value);
    expect(`${cause} ${next}`).not.toMatch(/[{}]/);
  });

  test('shows no system error code to the user', () => {
    const { cause, next } = problem(code);
    expect(`${cause} ${next}`).not.toMatch(/\bE[A-Z]{4,}\b|\bERR_|undefined|\[object|Error:/);
  });
});

describe('a problem', () => {
  const code = fc.constantFrom(...PROBLEM_CODES);
  const params: fc.Arbitrary<ProblemParams> = fc.dictionary(
    fc.constantFrom('host', 'port', 'reason', 'name', 'address', 'bytes', 'limit', '__proto__'),
    fc.oneof(fc.string(), fc.integer(), fc.constantFrom('{port}', '$&', '$1', '{reason}')),
  );

  test('shows a parameter unchanged, even when it looks like a placeholder', () => {
    expect(problem('bad-address', { reason: '{host} $& $1' }).cause).toBe('{host} $& $1');
  });

  test('can always be rendered, and crosses a bridge unchanged', () => {
    fc.assert(
      fc.property(code, params, (it, given) => {
        const made = problem(it, given);
        expect(structuredClone(made)).toEqual(made);
        expect(made.cause).not.toBe(undefined);
      }),
    );
  });

  test('survives being thrown', () => {
    fc.assert(
      fc.property(code, params, (it, given) => {
        try {
          raise(it, given);
        } catch (error) {
          expect(problemOf(error)).toEqual(problem(it, given));
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
    );
  });

  test('hides the text of an unexpected error', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(problemOf(thrown)).toEqual(problem('internal'));
      }),
    );
    expect(JSON.stringify(problemOf(new Error('/home/alice/secret')))).not.toContain('secret');
  });

  test('keeps its original error for the log', () => {
    const cause = new Error('connect ECONNREFUSED');
    const error = new ProblemError(problem('refused', { host: 'a', port: 1 }), { cause });
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain('ECONNREFUSED');
  });
});
