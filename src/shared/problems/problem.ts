import { LENGTHS_OF_TIME, lengthOfTime } from './length-of-time.ts';
import sentences from './problems.json' with { type: 'json' };

/**
 * An error in a form that people can act on. A problem has a stable `code` (for scripts and
 * translations), the `params` that its sentences contain, and the sentences: the cause, and the
 * next step. No raw exception text reaches a user.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly params: ProblemParams;
  /** What happened, one sentence. */
  readonly cause: string;
  /** What to try, one sentence. */
  readonly next: string;
}

export type ProblemParams = Readonly<Record<string, string | number>>;

export type ProblemCode = keyof typeof sentences;

/** All codes, for tests and for translators. */
export const PROBLEM_CODES = Object.keys(sentences) as readonly ProblemCode[];

/** Fills the sentences of `code` with `params`; a missing parameter shows as its name. */
export function problem(code: ProblemCode, params: ProblemParams = {}): Problem {
  const { cause, next } = sentences[code];
  return { code, params, cause: fill(cause, params), next: fill(next, params) };
}

/**
 * `template` with `params` in place of the placeholders in braces; a missing one shows as its name.
 * `{count, number}`, as in ICU messages, is an amount, and written `70,000`; a port or a line
 * number is not.
 */
export function fill(template: string, params: ProblemParams): string {
  return template.replaceAll(/\{(\w+)(, number)?\}/g, (_, key: string, isAmount?: string) => {
    const value = params[key] ?? key;
    if (typeof value !== 'number') return value;
    if (LENGTHS_OF_TIME.has(key)) return lengthOfTime(value);
    return isAmount === undefined ? String(value) : grouped(value);
  });
}

/** `70,000`: an amount in an English sentence. */
export function grouped(amount: number): string {
  return amount.toLocaleString('en');
}

/** A problem thrown as an error. Its message is the cause and the next step. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(value: Problem, options?: ErrorOptions) {
    super(`${value.cause} ${value.next}`, options);
    this.problem = value;
  }
}

/** Throws the problem `code` describes. */
export function raise(code: ProblemCode, params: ProblemParams = {}): never {
  throw new ProblemError(problem(code, params));
}

/** The problem in `error`, or the `internal` one for anything unexpected. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem('internal');
}
