import addressReasons from './address-reasons.json' with { type: 'json' };
import { type ReasonParams, type ReasonValues, reasonParams } from './reason.ts';

/** Names the reason why a text is no address. */
export type AddressReason = keyof typeof addressReasons;

/** Why a text is no address. */
export interface Refusal {
  readonly ok: false;
  /** What is wrong with the text, an English sentence for people. */
  readonly reason: string;
  /** The same as parameters of a `bad-address` problem, with its code for translations. */
  readonly params: ReasonParams<AddressReason>;
}

/** A refusal, for the parsers of addresses. */
export function refuse<Code extends AddressReason>(
  code: Code,
  ...[values]: ReasonValues<Code>
): Refusal {
  const params = reasonParams(code, addressReasons[code], values);
  return { ok: false, reason: params.reason, params };
}
