import { RpcStub } from 'capnweb';
import { z } from 'zod';
import { formatAddress, type PeerAddress } from '../../shared/address/address.ts';
import { ProblemError, raise } from '../../shared/problems/problem.ts';
import { withDeadline } from '../base/timeout.ts';
import type { World } from '../base/world.ts';
import { type Hello, helloSchema, type LinkApi, type RemoteLink } from './contract.ts';
import type { Session } from './session.ts';

const answerSchema = z.object({
  hello: helloSchema,
  link: z.custom<RemoteLink>((link) => link instanceof RpcStub),
});

/** Timeout of `link`, milliseconds. */
const LINK_TIMEOUT = 10_000;

/**
 * Exchanges hellos and link capabilities on a session that we dialled. Rejects with a
 * `ProblemError` when the other side does not take part: `not-a-peer` when it has no such method,
 * `turned-away` when it refuses, as peers of the first edition do when they have blocked us.
 */
export async function makeLink(
  session: Session,
  hello: Hello,
  ours: LinkApi,
  world: World,
  address: PeerAddress,
): Promise<{ readonly hello: Hello; readonly link: RemoteLink }> {
  const { host, port } = address;
  const late = () => raise('timed-out', { host, port });
  const call = session.remote.link(hello, ours);
  const answer = await withDeadline(world, LINK_TIMEOUT, call, late).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error;
    if (session.ended) raise('connection-lost', { host: formatAddress(address) });
    raise(knowsNoLinks(error) ? 'not-a-peer' : 'turned-away', { host, port });
  });
  // The other side may answer anything.
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) raise('not-a-peer', { host, port });
  return parsed.data;
}

/** Cap'n Web's own answer for a missing method; any other error was raised by the method. */
function knowsNoLinks(error: unknown): boolean {
  return error instanceof TypeError && error.message.endsWith('is not a function.');
}
