import { setTimeout as sleep } from 'node:timers/promises';

/** Where an attack goes, and where it comes from. */
export interface Target {
  readonly port: number;
  /** The address that it calls from: on Linux all of 127.0.0.0/8 is this computer. */
  readonly localAddress: string;
}

/** What an attacker alone can know. */
export interface Told {
  /** How often the victim has dialled a place that the attacker named. */
  readonly dials?: number;
}

/** Attacks until `signal` fires; errors are what it wants, and are not told. */
export type Attack = (target: Target, signal: AbortSignal) => Promise<Told>;

/** One piece of an attack: resolves when it has ended, or when the attack has. */
export type Piece = (target: Target, signal: AbortSignal) => Promise<void>;

/** Between two tries of something that fails at once, milliseconds: a loop must let others in. */
const BREATH = 1;

/** Does `once` again and again, in so many lanes at once. */
export function inLanes(lanes: number, once: Piece): Attack {
  return async (target, signal) => {
    const keepOn = async () => {
      while (!signal.aborted) {
        await once(target, signal).catch(() => {});
        await sleep(BREATH);
      }
    };
    await Promise.all(Array.from({ length: lanes }, keepOn));
    return {};
  };
}

/** Resolves when the attack is over. */
export function overAt(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
