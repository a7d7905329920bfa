import type { AddressReason } from './address-reasons.ts';
import type { REASONS } from './problem-reasons.ts';

/** Names the reason inside a problem, for translations. */
export type ReasonCode = AddressReason | keyof typeof REASONS;
