import { platform } from 'node:os';
import { ATTACKS, type AttackName } from '../lib/attacks/index.ts';
import { playRole } from '../lib/role.ts';

export interface AttackerOptions {
  readonly port: number;
  readonly how: AttackName;
  /** How long one run attacks, milliseconds. */
  readonly duration: number;
}

/** Attacks a peer, run by run. It has a processor of its own, where there are two. */
playRole<AttackerOptions, null>(async ({ port, how, duration }) => {
  const localAddress = platform() === 'linux' ? '127.0.0.2' : '127.0.0.1';
  const attack = ATTACKS[how]();
  const run = () => attack({ port, localAddress }, AbortSignal.timeout(duration));
  return { value: null, run };
});
