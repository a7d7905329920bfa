import { platform, setPriority } from 'node:os';
import { attack, type Hostility } from '../lib/hostility.ts';
import { playRole } from '../lib/role.ts';

export interface HostileOptions {
  readonly port: number;
  readonly how: Hostility;
  /** How long one run attacks, milliseconds. */
  readonly duration: number;
}

/** The lowest priority: it has a computer of its own in earnest, and must not take this one's. */
const LOWEST = 19;

/** Calls a peer as fast as it can, run by run. */
playRole<HostileOptions, null>(async ({ port, how, duration }) => {
  setPriority(LOWEST);
  const localAddress = platform() === 'linux' ? '127.0.0.2' : '127.0.0.1';
  const run = () => attack(how, { port, localAddress }, AbortSignal.timeout(duration));
  return { value: null, run };
});
