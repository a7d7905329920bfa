import { isLoopbackHost } from '../../shared/address/address.ts';
import { lengthOfTime } from '../../shared/problems/length-of-time.ts';
import { type Problem, problem } from '../../shared/problems/problem.ts';
import { clockSchema, type DialBackAnswer, dialBackSchema } from '../protocol/contract.ts';
import type { Session } from '../protocol/session.ts';
import type { DoctorDeps, Inbound } from './deps.ts';
import type { Route } from './network-layers.ts';
import { ask, CALL_TIMEOUT, type Met } from './peer-layers.ts';
import { ok, skipped, type Verdict, warning } from './report.ts';

/** Above this skew the times of messages are misleading. Milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** Below this, clocks count as the same. Milliseconds. */
const SAME_CLOCK = 2_000;

/** The other side's own timeout is 10 seconds. */
const DIAL_BACK_TIMEOUT_MS = 20_000;

const NOT_ANSWERED =
  'The other side does not answer this question: it is an older copy, or it was asked too often.';

export const NOT_PARLEY = 'Only peers that speak the Parley contract with us can be asked.';

/** The skew between the two clocks, assuming that the answer is half a round trip old. */
export async function examineClock(
  { world }: DoctorDeps,
  session: Session,
  { name }: Met,
): Promise<Verdict<number>> {
  const start = world.uptime();
  const answer = await ask(world, CALL_TIMEOUT, session.remote.clock());
  const roundTrip = world.uptime() - start;
  const theirs = clockSchema.safeParse(answer);
  if (!theirs.success) return skipped(NOT_ANSWERED);
  const ahead = theirs.data - (world.now() - roundTrip / 2);
  const difference = Math.round(Math.abs(ahead));
  const direction = ahead < 0 ? 'behind' : 'ahead of';
  const same = difference < SAME_CLOCK;
  const apart = same ? 'The same as ours' : `${lengthOfTime(difference)} ${direction} ours`;
  const detail = `${apart}; the answer took ${Math.round(roundTrip)} ms.`;
  if (difference <= CLOCK_TOLERANCE) return ok(detail, ahead);
  return warning(detail, problem('clock-differs', { name, difference, direction }), ahead);
}

/** Asks the other side to dial us where we listen. */
export async function examineDialBack(
  deps: DoctorDeps,
  session: Session,
  { localHost }: Route,
  { name }: Met,
): Promise<Verdict<true>> {
  const inbound = await deps.inbound(localHost);
  if (inbound.type === 'none') return skipped(inbound.reason);
  try {
    return await askBack(deps, session, inbound, { localHost, name });
  } finally {
    await inbound.close();
  }
}

async function askBack(
  deps: DoctorDeps,
  session: Session,
  { port, localOnly }: Extract<Inbound, { type: 'listening' }>,
  { localHost, name }: { readonly localHost: string; readonly name: string },
): Promise<Verdict<true>> {
  if (localOnly && !isLoopbackHost(localHost)) {
    const detail = `We take calls on port ${port}, from this computer only.`;
    return warning(detail, problem('inbound-local-only', { name }), true);
  }
  const { world } = deps;
  const answer = await ask(world, DIAL_BACK_TIMEOUT_MS, session.remote.dialBack(port));
  const parsed = dialBackSchema.safeParse(answer);
  if (!parsed.success) return skipped(NOT_ANSWERED);
  const why = unreachable(parsed.data, { name, port });
  if (why === null) return ok(`${name} has called back on port ${port} and found us.`, true);
  return warning(`We take calls on port ${port}, but ${name} did not get through.`, why, true);
}

function unreachable(
  { reachable, problemCode }: DialBackAnswer,
  params: { readonly name: string; readonly port: number },
): Problem | null {
  if (reachable) return null;
  switch (problemCode) {
    case 'refused':
      return problem('inbound-refused', params);
    case 'identity-changed':
      return problem('inbound-other-identity', params);
    default:
      return problem('inbound-timed-out', params);
  }
}
