import type { ReasonPlaceholders } from './placeholders.ts';
import type { ProblemParams } from './problem.ts';
import { type ReasonParams, type ReasonValues, reasonParams } from './reason.ts';
import reasons from './reasons.json' with { type: 'json' };

/** The code of a reason other than those of addresses, which are in `address-reasons.ts`. */
export type ProblemReason = keyof typeof reasons;

/** A reason whose sentence needs no values. */
export type PlainReason = Exclude<ProblemReason, keyof ReasonPlaceholders>;

/** The reason `code` as parameters of a problem. */
export function reason<Code extends ProblemReason>(
  code: Code,
  ...[values]: ReasonValues<Code>
): ReasonParams<Code> {
  return reasonParams(code, reasons[code], values);
}

/**
 * The error text of another machine, as the reason of a problem: its own words, which have no code
 * and are quoted in every language.
 */
export function said(words: string): ProblemParams {
  return words.trim() === '' ? reason('answer-silent') : { reason: words };
}
