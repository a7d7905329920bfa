import type { ADDRESS_REASONS } from './address-reasons.ts';
import { fill, type ProblemParams } from './problem.ts';
import type { REASONS } from './problem-reasons.ts';

/** Names the reason inside a problem, for translations. */
export type ReasonCode = keyof typeof ADDRESS_REASONS | keyof typeof REASONS;

/**
 * The parameters of a problem that has a reason. What another machine or a library said has no
 * code: it can be quoted, but not translated.
 */
export interface ReasonParams extends ProblemParams {
  /** The reason in English, a sentence or the end of one. */
  readonly reason: string;
  readonly reasonCode: ReasonCode;
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name}, number` ? Name : Inside) | Placeholders<Rest>
  : never;

/** What must be given with a sentence: nothing, or a value for each of its placeholders. */
export type ReasonValues<Text extends string> = [Placeholders<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<Text>, string | number>>];

/** A reason as parameters of a problem: its code, its values, and the English `sentence` with them. */
export function reasonParams(
  reasonCode: ReasonCode,
  sentence: string,
  values: ProblemParams = {},
): ReasonParams {
  return { ...values, reasonCode, reason: fill(sentence, values) };
}
