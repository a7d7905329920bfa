import { fill, type ProblemParams } from './problem.ts';

/**
 * The parameters of a problem that has a reason. What another machine or a library said has no
 * code: it can be quoted, but not translated.
 */
export interface ReasonParams<Code extends string = string> extends ProblemParams {
  /** The reason in English, a sentence or the end of one. */
  readonly reason: string;
  /** Names the reason, for translations: see `ReasonCode`. */
  readonly reasonCode: Code;
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name}, number` ? Name : Inside) | Placeholders<Rest>
  : never;

/** What must be given with a sentence: nothing, or a value for each of its placeholders. */
export type ReasonValues<Text extends string> = [Placeholders<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<Text>, string | number>>];

/** A reason as parameters of a problem: its code, its values, and the English `sentence` with them. */
export function reasonParams<Code extends string>(
  reasonCode: Code,
  sentence: string,
  values: ProblemParams = {},
): ReasonParams<Code> {
  return { ...values, reasonCode, reason: fill(sentence, values) };
}
