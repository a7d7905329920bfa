import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asAscii } from '../../../scripts/ascii-plugin.ts';

const evaluate = (code: string): unknown => new Function(`return ${code}`)();

describe('code with non-ASCII characters escaped', () => {
  test('is ASCII and evaluates to the same strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const code = asAscii(JSON.stringify(text));
        expect(code).toMatch(/^[\0-\x7f]*$/);
        expect(evaluate(code)).toBe(text);
      }),
    );
  });

  test('has the same patterns and names', () => {
    expect(evaluate(asAscii('/^[🚲-🚴]$/u.test("🚳")'))).toBe(true);
    expect(evaluate(asAscii('/^[[🚲é]--[é]]$/v.test("é")'))).toBe(false);
    expect(evaluate(asAscii("({ größe: '…' }).größe"))).toBe('…');
  });
});
