import type { PlaceholderValues } from './placeholder-values.ts';
import type { ReasonPlaceholders } from './placeholders.ts';
import { fill, type ProblemParams } from './problem.ts';

/**
 * The parameters of a problem that has a reason. The error text of another machine or a library has
 * no code: it can be quoted, but not translated.
 */
export interface ReasonParams<Code extends string = string> extends ProblemParams {
  /** The reason in English, a sentence or the end of one. */
  readonly reason: string;
  /**
   * The code of the reason, for translations: a key of `reasons.json` or `address-reasons.json`.
   */
  readonly reasonCode: Code;
}

/**
 * The parameters of the reason `Code`: none, or a value for each placeholder of its English text.
 */
export type ReasonValues<Code> = PlaceholderValues<ReasonPlaceholders, Code>;

/** A reason as parameters of a problem: its code, its values, and the English `sentence` with them. */
export function reasonParams<Code extends string>(
  reasonCode: Code,
  sentence: string,
  values: ProblemParams = {},
): ReasonParams<Code> {
  return { ...values, reasonCode, reason: fill(sentence, values) };
}
