import type { Limits } from '../../../shared/model/limits.ts';
import { TokenBucket } from '../../base/token-bucket.ts';
import { LimitError } from '../frames/limit-error.ts';

/**
 * Limits the results that a connection holds on our side without releasing them. The returned function
 * takes the net change by one frame. @throws LimitError when over the limit
 */
export function heldAnswersLimit({
  heldAnswers,
}: Pick<Limits, 'heldAnswers'>): (change: number) => void {
  let held = 0;
  return (change) => {
    held += change;
    if (held <= heldAnswers) return;
    throw new LimitError(
      'held',
      `Too many answers are held without being released; the limit is ${heldAnswers}.`,
    );
  };
}

/**
 * Rate limit for pings, pongs and empty frames. Tens of thousands fit in one read. The returned function
 * counts one. @throws LimitError when over the limit
 */
export function idleFramesLimit(
  { idleFramesPerSecond, idleFrameBurst }: Pick<Limits, 'idleFramesPerSecond' | 'idleFrameBurst'>,
  uptime: () => number,
): () => void {
  const bucket = new TokenBucket(idleFramesPerSecond, idleFrameBurst, uptime);
  return () => {
    if (bucket.take(1)) return;
    throw new LimitError(
      'idle',
      `Too many pings and empty frames; the limit is ${idleFramesPerSecond} a second, ${idleFrameBurst} at once.`,
    );
  };
}
