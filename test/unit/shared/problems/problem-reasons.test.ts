import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import ADDRESS_REASONS from '../../../../src/shared/problems/address-reasons.json' with {
  type: 'json',
};
import { PROBLEM_CODES, problem } from '../../../../src/shared/problems/problem.ts';
import { reason, said } from '../../../../src/shared/problems/problem-reasons.ts';
import SENTENCES from '../../../../src/shared/problems/problems.json' with { type: 'json' };
import { reasonParams } from '../../../../src/shared/problems/reason.ts';
import REASONS from '../../../../src/shared/problems/reasons.json' with { type: 'json' };

const ALL = { ...REASONS, ...ADDRESS_REASONS };
const CODES = Object.keys(ALL) as (keyof typeof ALL)[];

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe('reasons inside problems', () => {
  test('have codes that are unique over all tables', () => {
    expect(CODES).toHaveLength(Object.keys(REASONS).length + Object.keys(ADDRESS_REASONS).length);
  });

  test('never replace what their problem says about itself', () => {
    const own = PROBLEM_CODES.map((code) => `${SENTENCES[code].cause} ${SENTENCES[code].next}`)
      .filter((sentences) => sentences.includes('{reason}'))
      .flatMap(placeholders);
    for (const code of CODES) {
      expect(placeholders(ALL[code]).filter((it) => own.includes(it))).toEqual([]);
    }
  });

  test('are shown with their values, whatever those are, and cross a bridge unchanged', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom('{text}', '$&', '$1'));
    fc.assert(
      fc.property(fc.constantFrom(...CODES), fc.array(value, { minLength: 3 }), (code, values) => {
        const names = placeholders(ALL[code]);
        const given = Object.fromEntries(names.map((name, at) => [name, values[at] ?? 'x']));
        const params = reasonParams(code, ALL[code], given);
        expect(structuredClone(params)).toEqual(params);
        expect(params.reasonCode).toBe(code);
        for (const it of Object.values(given)) expect(params.reason).toContain(String(it));
        expect(problem('storage', params).cause).toBe(
          `The history could not be written: ${params.reason}`,
        );
      }),
    );
  });
});

test('an error text from another machine has no code, and an empty one is reported as silence', () => {
  expect(said('Not today.')).toEqual({ reason: 'Not today.' });
  expect(said(' \n')).toEqual(reason('answer-silent'));
});
