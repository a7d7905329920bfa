import type { Socket } from 'node:net';
import { within } from '../../base/timeout.ts';
import type { Dial, Dialled } from '../../protocol/channel.ts';
import { systemScheduler } from '../scheduling/system-scheduler.ts';
import { findHost, type Reached, reachHost, systemLookup } from './connect-tcp.ts';
import { type Secured, SecureError, secureSocket } from './connect-tls.ts';
import { type Attempt, DEFAULT_TIMEOUTS, type DialContext, type DialDeps } from './dial-context.ts';
import { dialProblem } from './dial-problems.ts';
import { recognise } from './recognise.ts';

/**
 * Dials over real sockets. An address without a scheme is dialled with TLS first; only if another
 * protocol answers, or the connection is closed or stays silent, a new connection tries the open
 * contract (and where that works after no answer to TLS, TLS is tried once more before it is used).
 * Where encryption is required, or the contact's identity is known, nothing is ever sent in plain
 * text, and not a byte beyond the TLS handshake before the identity was compared. (The handshake
 * itself presents our certificate to whatever answers: TLS offers no point to check in between.)
 */
export function createDial(deps: DialDeps): Dial {
  const context: DialContext = {
    ...deps,
    scheduler: deps.scheduler ?? systemScheduler(deps.limits),
    timeouts: { ...DEFAULT_TIMEOUTS, ...deps.timeouts },
    lookup: deps.lookup ?? systemLookup,
  };
  return (address, { contactName, expectIdentity, signal, onStep }) =>
    dial(context, { address, contactName, expectIdentity, signal, onStep });
}

async function dial(context: DialContext, attempt: Attempt): Promise<Dialled> {
  const { address, expectIdentity, signal, onStep } = attempt;
  onStep('find');
  const addresses = await findHost(context, attempt, signal);
  onStep('reach');
  const reached = await reachHost(context, attempt, addresses, signal);
  if (address.scheme === 'plain' && expectIdentity === null)
    return recognise(context, attempt, reached);

  onStep('secure');
  const secured = await secure(context, attempt, reached.socket);
  if (typeof secured !== 'string') return recognise(context, attempt, reached, secured);
  const again = await reachHost(context, attempt, [reached.via], signal);
  const plain = await recognise(context, attempt, again);
  return secured === 'not-tls' ? plain : reconsider(context, attempt, reached, plain);
}

/**
 * An address that closed or ignored the TLS handshake and then answered in plain text may be a peer
 * that was just starting, or a relay in front of one: that must not downgrade it to plain text.
 */
async function reconsider(
  context: DialContext,
  attempt: Attempt,
  { via }: Reached,
  plain: Dialled,
): Promise<Dialled> {
  const leave = () => plain.type === 'channel' && plain.channel.close(1000, 'Encrypted after all.');
  try {
    const again = await reachHost(context, attempt, [via], attempt.signal);
    const secured = await secure(context, attempt, again.socket);
    if (typeof secured === 'string') return plain;
    leave();
    return await recognise(context, attempt, again, secured);
  } catch (error) {
    leave();
    throw error;
  }
}

/** The reason why the other side has no TLS and may be dialled in plain text. */
async function secure(
  context: DialContext,
  attempt: Attempt,
  raw: Socket,
): Promise<Secured | 'not-tls' | 'unsure'> {
  const { address, expectIdentity, signal } = attempt;
  const { world, scheduler, timeouts, tls: credentials } = context;
  const late = () => dialProblem('timed-out', attempt);
  try {
    const secured = await within(world, timeouts.secure, signal, late, (inner) =>
      secureSocket(raw, {
        world,
        scheduler,
        address,
        credentials,
        peerExpected: expectIdentity !== null,
        limits: context.limits,
        silence: timeouts.silence,
        signal: inner,
      }),
    );
    if (expectIdentity !== null && secured.identity !== expectIdentity) {
      secured.socket.destroy();
      throw dialProblem('identity-changed', attempt, { found: secured.identity ?? '' });
    }
    return secured;
  } catch (error) {
    if (!(error instanceof SecureError)) throw error;
    if (error.reason === 'failed') throw dialProblem('secure-failed', attempt, { cause: error });
    if (expectIdentity === null && address.scheme === 'auto') {
      return error.reason === 'not-tls' ? 'not-tls' : 'unsure';
    }
    throw dialProblem(missingTls(error.reason, expectIdentity !== null), attempt, { cause: error });
  }
}

/** The problem when TLS is missing and required. */
function missingTls(reason: SecureError['reason'], contactExpected: boolean) {
  if (reason === 'silent') return 'timed-out';
  return reason === 'not-tls' && contactExpected ? 'plain-refused' : 'secure-failed';
}
