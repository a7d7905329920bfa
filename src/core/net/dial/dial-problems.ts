import { formatAddress, type PeerAddress } from '../../../shared/address/address.ts';
import {
  type ProblemCode,
  ProblemError,
  type ProblemParams,
  problem,
} from '../../../shared/problems/problem.ts';
import { errorCode } from '../../base/error-code.ts';

/** The dialled contact and address, for the sentences of problems. */
export interface Target {
  readonly address: PeerAddress;
  /** How the user knows this contact. */
  readonly contactName: string;
}

/** The problem `code` with every parameter that a dialling problem may mention. */
export function dialProblem(
  code: ProblemCode,
  target: Target,
  extra: { readonly cause?: unknown; readonly found?: string; readonly why?: ProblemParams } = {},
): ProblemError {
  const { address, contactName } = target;
  const params = {
    host: address.host,
    port: address.port,
    address: formatAddress(address),
    name: contactName,
    ...(extra.found === undefined ? {} : { found: extra.found }),
    ...extra.why,
  };
  return new ProblemError(problem(code, params), { cause: extra.cause });
}

const LOCAL_SHORTAGE = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'EAGAIN']);

/**
 * Why none of a host's network addresses could be reached. One refusal outweighs the rest: the
 * computer is there, which is the most useful information. A timeout comes next, then a missing
 * route.
 */
export function reachProblem(errors: readonly unknown[], target: Target): ProblemError {
  const codes = errors.map(errorCode);
  const cause = errors.length === 1 ? errors[0] : new AggregateError(errors);
  if (codes.some((code) => code === 'ECONNREFUSED' || code === 'ECONNRESET')) {
    return dialProblem('refused', target, { cause });
  }
  if (codes.includes('ETIMEDOUT')) return dialProblem('timed-out', target, { cause });
  if (codes.some((code) => LOCAL_SHORTAGE.has(code))) {
    return dialProblem('too-many-open', target, { cause });
  }
  // EHOSTUNREACH, ENETUNREACH; EADDRNOTAVAIL, EINVAL and EAFNOSUPPORT (no such zone, no IPv6
  // here); EACCES and EPERM (this computer's own firewall).
  return dialProblem('unreachable', target, { cause });
}
