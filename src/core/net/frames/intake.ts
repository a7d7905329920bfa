import { RpcPromise } from 'capnweb';
import { wireError } from '../../base/wire-error.ts';
import type { MessageShape } from './rpc-message.ts';
import type { SessionIds } from './session-ids.ts';

export interface IntakeSink {
  /** For the session: unchanged, or with its call rejected. */
  readonly onMessage: (message: readonly unknown[]) => void;
  /** An answer that the session cannot give. */
  readonly onAnswer: (message: readonly unknown[]) => void;
}

/**
 * Passes validated messages on to one session. A message that asks for an unsupported feature is
 * passed on with its call already rejected, naming the feature: so it takes its id, its pull is
 * answered, calls pipelined on it are rejected too, and the session continues.
 */
export class Intake {
  readonly #ids: SessionIds;
  readonly #sink: IntakeSink;
  /** Results up to this id are settled. */
  #settled = 0;

  constructor(ids: SessionIds, sink: IntakeSink) {
    this.#ids = ids;
    this.#sink = sink;
  }

  /**
   * Whether this message refers to a result that may be pending. capnweb would buffer it without a
   * limit, so it is passed on once the calls before it have ended.
   */
  waits({ refs, refusal }: MessageShape): boolean {
    return refusal === null && refs.some((id) => id > this.#settled);
  }

  /** All calls so far have ended. */
  settle(): void {
    this.#settled = this.#ids.newest;
  }

  /** @throws LimitError when the two sides no longer count alike */
  take(message: readonly unknown[], shape: MessageShape): void {
    const [kind, id, count] = message;
    const missing = shape.refs.find((ref) => !this.#ids.has(ref));
    const refusal = shape.refusal ?? (missing === undefined ? null : notHeld(missing));
    if (kind === 'push' || kind === 'pipe') this.#ids.called();
    else if (kind === 'stream') this.#ids.calledOnce();
    else if (kind === 'release') this.#ids.released(Number(id), Number(count));
    else if (kind === 'pull' && !this.#ids.has(Number(id))) {
      this.#sink.onAnswer(['reject', id, ['error', 'TypeError', notHeld(Number(id))]]);
      return;
    }
    this.#sink.onMessage(refusal === null ? message : rejected(message, refusal));
  }
}

function notHeld(id: number): string {
  return `There is no result or capability with the id ${id}.`;
}

/** The same message as far as ids go, with an error in place of its expression. */
export function rejected(message: readonly unknown[], reason: string): readonly unknown[] {
  const [kind, id] = message;
  const answer = rejectedKinds(kind, id, reason);
  // The frame recorder shows the original message.
  Object.defineProperty(answer, 'toJSON', { value: () => message });
  return answer;
}

function rejectedKinds(kind: unknown, id: unknown, reason: string): unknown[] {
  if (kind === 'resolve' || kind === 'reject')
    return ['reject', id, ['error', 'TypeError', reason]];
  if (kind === 'abort') return ['abort', ['error', 'TypeError', reason]];
  // capnweb accepts a promise of this process as the result of a call.
  const result = new RpcPromise<never>(Promise.reject(wireError(reason, TypeError)));
  return [kind === 'stream' ? 'stream' : 'push', result];
}
