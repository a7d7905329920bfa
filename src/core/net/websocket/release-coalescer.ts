import type { World } from '../../base/world.ts';

/** How long a message that is not urgent may wait for one that is, milliseconds. */
const HOLD_MS = 10;

/** Messages that wait for the next one to leave with. */
export interface HeldBack {
  readonly hold: (text: string) => void;
  /** What waits, in order; it is the caller's to send now. */
  readonly take: () => readonly string[];
}

/** Whether a Cap'n Web message only lets go of an answer: nobody waits for it. */
export function isRelease(message: unknown): boolean {
  return Array.isArray(message) && message[0] === 'release';
}

/**
 * Keeps what is not urgent for a moment. A caller that asks again would otherwise wake the other
 * side twice for each call: once to let go of the last answer, once to ask.
 */
export function createHeldBack(
  world: Pick<World, 'after'>,
  send: (texts: readonly string[]) => void,
): HeldBack {
  let held: string[] = [];
  let waits = false;
  const take = (): readonly string[] => {
    const taken = held;
    if (taken.length > 0) held = [];
    return taken;
  };
  return {
    take,
    hold: (text) => {
      held.push(text);
      if (waits) return;
      waits = true;
      world.after(HOLD_MS, () => {
        waits = false;
        if (held.length > 0) send(take());
      });
    },
  };
}
