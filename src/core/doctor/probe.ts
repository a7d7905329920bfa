import type { PeerAddress } from '../../shared/address/address.ts';
import { formatAddress } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Identity } from '../../shared/model/model.ts';
import { within } from '../base/timeout.ts';
import type { World } from '../base/world.ts';
import {
  findHost,
  type HostAddress,
  type Lookup,
  type ReachDeps,
  reachHost,
  systemLookup,
} from '../net/dial/connect-tcp.ts';
import { SecureError, secureSocket, type TlsCredentials } from '../net/dial/connect-tls.ts';
import { DEFAULT_TIMEOUTS, type DialTimeouts } from '../net/dial/dial-context.ts';
import { dialProblem } from '../net/dial/dial-problems.ts';
import { systemScheduler } from '../net/scheduling/system-scheduler.ts';

/** The outcome of a TLS handshake. */
export type SecureFinding =
  | { readonly type: 'tls'; readonly identity: Identity | null }
  /** The other side does not speak TLS, or does not answer. */
  | { readonly type: 'plain'; readonly reason: 'not-tls' | 'silent' | 'closed' }
  /** It speaks TLS, but not as peers do. */
  | { readonly type: 'failed' };

/**
 * The network layers below a dial, one at a time. Every connection is closed again, and nothing but
 * a TLS handshake is ever sent.
 */
export interface Probe {
  /** Rejects with a `ProblemError` (`name-not-found`, or `unreachable` for an unknown zone). */
  readonly find: (address: PeerAddress, signal: AbortSignal) => Promise<readonly HostAddress[]>;
  /**
   * Connects to one network address and disconnects; resolves with our own end's address. Rejects
   * with a `ProblemError` (`refused`, `unreachable`, `timed-out`).
   */
  readonly knock: (address: PeerAddress, via: HostAddress, signal: AbortSignal) => Promise<string>;
  /**
   * Completes a TLS handshake and disconnects; `expected` is the pinned identity, if any. Rejects
   * with a `ProblemError` when it cannot connect.
   */
  readonly secure: (
    address: PeerAddress,
    expected: Identity | null,
    via: HostAddress,
    signal: AbortSignal,
  ) => Promise<SecureFinding>;
}

export interface ProbeDeps {
  readonly world: Pick<World, 'after'>;
  readonly limits: Limits;
  readonly tls: TlsCredentials | null;
  readonly lookup?: Lookup;
  readonly timeouts?: Partial<DialTimeouts>;
}

/** Examines the real network, with the same steps and timeouts as a dial. */
export function createProbe(deps: ProbeDeps): Probe {
  const { world, limits, tls: credentials } = deps;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...deps.timeouts };
  const scheduler = systemScheduler(limits);
  const reach: ReachDeps = { world, lookup: deps.lookup ?? systemLookup, timeouts };
  const targetOf = (address: PeerAddress) => ({ address, contactName: formatAddress(address) });
  const connect = async (address: PeerAddress, via: HostAddress, signal: AbortSignal) =>
    (await reachHost(reach, targetOf(address), [via], signal)).socket;

  return {
    find: (address, signal) => findHost(reach, targetOf(address), signal),
    knock: async (address, via, signal) => {
      const socket = await connect(address, via, signal);
      const localHost = socket.localAddress ?? '';
      socket.destroy();
      return localHost;
    },
    secure: async (address, expected, via, signal) => {
      const raw = await connect(address, via, signal);
      const late = () => dialProblem('timed-out', targetOf(address));
      try {
        const { socket, identity } = await within(world, timeouts.secure, signal, late, (inner) =>
          secureSocket(raw, {
            world,
            scheduler,
            address,
            credentials,
            peerExpected: expected !== null,
            limits,
            silence: timeouts.silence,
            signal: inner,
          }),
        );
        socket.destroy();
        return { type: 'tls', identity };
      } catch (error) {
        if (!(error instanceof SecureError)) throw error;
        const { reason } = error;
        return reason === 'failed' ? { type: 'failed' } : { type: 'plain', reason };
      }
    },
  };
}
