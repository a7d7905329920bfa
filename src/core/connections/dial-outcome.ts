import { isIdentity } from '../../shared/address/identity-text.ts';
import type { Identity, LinkState } from '../../shared/model/model.ts';
import { type Problem, problem } from '../../shared/problems/problem.ts';
import { isWrongAnswer } from '../../shared/problems/wrong-answer.ts';
import type { DialTarget } from '../contacts/contact-addresses.ts';
import type { Failure } from './address-race.ts';
import type { BackoffRange } from './backoff.ts';

/** Not worth a retry: only the user can change it. */
const FINAL: Problem['code'] = 'blocked';

/** Backoff range where only something suspicious answers. */
export const SUSPICION_BACKOFF: BackoffRange = { first: 10_000, longest: 300_000 };

/** The outcome of an attempt that reached no contact. */
export interface DialOutcome {
  /** A finding for the user to examine. */
  readonly warning: Problem | null;
  /** Why the contact was not reached; null if there was no address to dial. */
  readonly reason: Problem | null;
  readonly again: 'never' | 'slowly' | 'soon';
}

/**
 * `isCurtailed`: some addresses were not dialled, because the budget for automatic dials was used
 * up. `standing`: the warning of an earlier attempt.
 */
export function outcomeOf(
  failures: readonly Failure[],
  targets: readonly DialTarget[],
  isCurtailed: boolean,
  standing: Problem | null,
): DialOutcome {
  // What answers at an address that the contact merely claims proves nothing about it.
  const isClaimed = ({ address }: Failure): boolean =>
    targets.some((target) => target.claimed && target.address === address);
  const [claimed, known] = [failures.filter(isClaimed), failures.filter((it) => !isClaimed(it))];
  const problems = known.map((it) => it.problem);
  // Findings for the user come first; another address may still succeed later.
  const warning = problems.find(isSuspicious) ?? standing;
  const final = problems.find(({ code }) => code === FINAL);
  const enough = isCurtailed ? problem('over-limit', { what: 'calls by itself' }) : null;
  const reason = warning ?? final ?? problems[0] ?? enough ?? claimed[0]?.problem ?? null;
  const areAll = !isCurtailed && claimed.length === 0;
  if (areAll && problems.every(({ code }) => code === FINAL)) {
    return { warning, reason, again: 'never' };
  }
  const isSuspect = areAll && problems.length > 0 && problems.every(isSuspicious);
  return { warning, reason, again: isSuspect ? 'slowly' : 'soon' };
}

/**
 * A finding for the user although it is unauthenticated: anyone on the path, or with the address
 * for a while, can cause it. So it stays shown, and is retried slowly.
 */
function isSuspicious(found: Problem): boolean {
  return isWrongAnswer(found) || found.code === 'own-address';
}

/**
 * The identity that answered in place of the contact's, according to the dialler; null if none did.
 */
export function foundIdentity({ params }: Problem): Identity | null {
  const { found } = params;
  return typeof found === 'string' && isIdentity(found) ? found : null;
}

/** The state of a link that is down for this reason. */
export function offline(problem: Problem, retryAt: number | null): LinkState {
  const found = foundIdentity(problem);
  const state = { phase: 'offline', problem, retryAt } as const;
  return found === null ? state : { ...state, foundIdentity: found };
}
