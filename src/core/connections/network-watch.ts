import type { World } from '../base/world.ts';

/** Polling interval, milliseconds. No event is available on all systems. */
const LOOK_EVERY = 5_000;

/** A wall clock that ran this much further than our timers means that the computer slept. */
const SLEPT = 20_000;

export interface NetworkWatchDeps {
  readonly world: Pick<World, 'now' | 'after'>;
  /** A text that changes when this computer's network addresses do. */
  readonly fingerprint: () => string;
  /** The addresses changed, or the computer woke up. */
  readonly onChange: () => void;
}

/** Detects a change of network and the end of a sleep. Returns a function that stops it. */
export function watchNetwork({ world, fingerprint, onChange }: NetworkWatchDeps): () => void {
  let known = fingerprint();
  let looked = world.now();
  let cancel = (): void => {};
  const look = (): void => {
    const slept = world.now() - looked - LOOK_EVERY > SLEPT;
    const current = fingerprint();
    const changed = current !== known;
    known = current;
    looked = world.now();
    if (slept || changed) onChange();
    cancel = world.after(LOOK_EVERY, look);
  };
  cancel = world.after(LOOK_EVERY, look);
  return () => cancel();
}
