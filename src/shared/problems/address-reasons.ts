import addressReasons from './address-reasons.json' with { type: 'json' };
import { type ReasonParams, type ReasonValues, reasonParams } from './reason.ts';

/** The code of the reason why a text is not an address. */
export type AddressReason = keyof typeof addressReasons;

/** Why a text is not an address. */
export interface Refusal {
  readonly ok: false;
  /** The reason, an English sentence. */
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
