import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../../../src/main/logging/log-entry.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';

/** Something that a person wrote, or a friend's address: recognisable wherever it turns up. */
const secret = fc
  .tuple(fc.string({ unit: 'grapheme' }), fc.string())
  .map(([before, after]) => `${before}SECRET-10.0.0.7${after}`);

describe('the log entry of an error', () => {
  test('has its class, its code and its stack, without folders', async () => {
    const error = await readFile('/home/SECRET/no/such/file').catch((it: unknown) => it);
    expect(describeError(error)).toMatch(/^Error ENOENT/);
    expect(describeError(error)).not.toContain('SECRET');
    expect(describeError(new TypeError('x'))).toMatch(/^TypeError < .*log-entry\.test\.ts:\d+:\d+/);
    expect(describeError(new TypeError('x'))).not.toContain('/unit/');
  });

  test('has the code of a problem, and its original error', () => {
    const cause = Object.assign(new Error('x'), { code: 'EACCES' });
    const error = new ProblemError(problem('identity-unsaved', { file: '/a/SECRET' }), { cause });
    const text = describeError(error);
    expect(text).toMatch(/^ProblemError identity-unsaved < .* \| caused by Error EACCES < /);
    expect(text).not.toContain('SECRET');
  });

  test('never has the text of an error, of its causes, or of another thrown value', () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('message', 'cause', 'name', 'code', 'thrown'),
        (text, where) => {
          const cause = new Error(text);
          const errors: Record<typeof where, unknown> = {
            message: new Error(text),
            cause: new Error(`it said ${text}`, { cause }),
            name: Object.assign(new Error('x'), { name: text }),
            code: Object.assign(new Error('x'), { code: `${text} ` }),
            thrown: text,
          };
          expect(describeError(errors[where])).not.toContain('SECRET');
        },
      ),
    );
  });

  test('is not misled by a message that looks like stack frames', () => {
    const text = 'no\n    at SECRET (SECRET.js:1:1)\n    at SECRET.js:2:2';
    expect(describeError(new Error(text))).not.toContain('SECRET');
    expect(describeError(new Error('outer', { cause: new Error(text) }))).not.toContain('SECRET');
  });

  test('is written whatever is thrown', () => {
    const endless: { cause?: unknown } = new Error('x');
    endless.cause = endless;
    const hostile = new Proxy(new Error('x'), {
      get: () => {
        throw new Error('no');
      },
    });
    for (const thrown of [null, undefined, 5, 'x', {}, endless, hostile, Symbol('x')]) {
      const text = describeError(thrown);
      expect(text).not.toBe('');
      expect(text.length).toBeLessThan(4_000);
    }
  });
});
