import { promises as dns } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { within } from '../../base/timeout.ts';
import type { World } from '../../base/world.ts';
import { dialProblem, reachProblem, type Target } from './dial-problems.ts';

/** One network address of a host. */
export interface HostAddress {
  /** Numeric; IPv6 may carry a zone (`fe80::1%eth0`). */
  readonly address: string;
  readonly family: 4 | 6;
}

/** Resolves a name to network addresses, preferred first. Rejects as `dns.lookup` does. */
export type Lookup = (host: string) => Promise<readonly HostAddress[]>;

/** The system's resolver: also knows the hosts file and names announced on the local network. */
export const systemLookup: Lookup = async (host) => {
  const found = await dns.lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

export interface ReachDeps {
  readonly world: Pick<World, 'after'>;
  readonly lookup: Lookup;
  readonly timeouts: {
    /** Timeout of name resolution, milliseconds. */
    readonly find: number;
    /** Timeout until one of the addresses accepts, milliseconds. */
    readonly reach: number;
    /** How long one address is tried alone before the next one is tried beside it, milliseconds. */
    readonly stagger: number;
  };
}

/**
 * The network addresses of the target, in the order in which to try them. IP addresses need no
 * look-up.
 */
export async function findHost(
  deps: ReachDeps,
  target: Target,
  signal: AbortSignal,
): Promise<readonly HostAddress[]> {
  const { host } = target.address;
  const family = isIP(host);
  if (family !== 0) {
    if (!zoneExists(host)) throw dialProblem('unreachable', target);
    return [{ address: host, family: family === 6 ? 6 : 4 }];
  }
  const notFound = (cause?: unknown) => dialProblem('name-not-found', target, { cause });
  const found = await within(deps.world, deps.timeouts.find, signal, notFound, async () => {
    try {
      return await deps.lookup(host);
    } catch (error) {
      throw notFound(error);
    }
  });
  if (found.length === 0) throw notFound();
  return alternateFamilies(found);
}

/**
 * Whether an IPv6 zone names an interface here (by name, or by number as on Windows). The system
 * would ignore an unknown one and use an arbitrary network.
 */
function zoneExists(host: string): boolean {
  const zone = host.split('%')[1];
  return zone === undefined || /^\d+$/.test(zone) || zone in networkInterfaces();
}

/** Alternates IPv6 and IPv4, so that one broken family costs one wait (RFC 8305, section 4). */
function alternateFamilies(found: readonly HostAddress[]): readonly HostAddress[] {
  const first = found.filter(({ family }) => family === found[0]?.family);
  const second = found.filter(({ family }) => family !== found[0]?.family);
  const longest = Math.max(first.length, second.length);
  return Array.from({ length: longest }, (_, index) => [first[index], second[index]])
    .flat()
    .filter((address) => address !== undefined);
}

/** A connection, and the address that it goes to. */
export interface Reached {
  readonly socket: Socket;
  readonly via: HostAddress;
}

/**
 * Connects to the first address that accepts (RFC 8305): the next one is tried when the previous
 * one has failed or its delay is over, and the losers are closed.
 */
export function reachHost(
  deps: ReachDeps,
  target: Target,
  addresses: readonly HostAddress[],
  signal: AbortSignal,
): Promise<Reached> {
  const late = () => dialProblem('timed-out', target);
  return within(deps.world, deps.timeouts.reach, signal, late, (inner) =>
    race(deps, target, addresses, inner),
  );
}

function race(
  deps: ReachDeps,
  target: Target,
  addresses: readonly HostAddress[],
  signal: AbortSignal,
): Promise<Reached> {
  return new Promise((resolve, reject) => {
    const pending = new Set<Socket>();
    const errors: unknown[] = [];
    const waiting = [...addresses];
    let cancelStagger = () => {};

    const finish = () => {
      cancelStagger();
      waiting.length = 0;
      for (const socket of pending) socket.destroy();
      pending.clear();
    };

    const startNext = () => {
      cancelStagger();
      const via = waiting.shift();
      if (via === undefined) return;
      const socket = connect({
        host: via.address,
        port: target.address.port,
        family: via.family,
        noDelay: true,
      });
      pending.add(socket);
      // Stays for the lifetime of the socket: later owners listen for `close`, and an error in
      // between must not become an uncaught exception.
      socket.on('error', (error) => {
        if (!pending.delete(socket)) return;
        errors.push(error);
        if (waiting.length > 0) startNext();
        else if (pending.size === 0) reject(reachProblem(errors, target));
      });
      socket.once('connect', () => {
        pending.delete(socket);
        finish();
        resolve({ socket, via });
      });
      if (waiting.length > 0) cancelStagger = deps.world.after(deps.timeouts.stagger, startNext);
    };

    signal.addEventListener('abort', finish, { once: true });
    startNext();
  });
}
