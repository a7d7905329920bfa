import type { WireFrame } from '../../shared/model/wire.ts';
import { masked } from './mask.ts';
import { prettyJson } from './pretty-json.ts';
import { readMessage, type WireMessage } from './read-message.ts';
import { readCutJson } from './repair-json.ts';

/** One frame as shown in the log. */
export interface WireEntry {
  readonly frame: WireFrame;
  readonly message: WireMessage;
  /** The number of the call that it is or refers to; null when unknown. */
  readonly id: number | null;
  /** The method or property of that call; null when the call was before the log. */
  readonly method: string | null;
  /** Its JSON without message texts. */
  readonly maskedText: string;
  /** The same as on the wire, both indented. */
  readonly fullText: string;
  /** Whether its end was truncated. */
  readonly cut: boolean;
}

type Direction = WireFrame['direction'];

const OTHER: Readonly<Record<Direction, Direction>> = { sent: 'received', received: 'sent' };

/**
 * Converts frames, oldest first, to entries. Calls carry no number: each side counts its own, from
 * 1 when the session begins. For a session that began before the log, later references by number
 * show how many calls there were before.
 */
export function entriesOf(frames: readonly WireFrame[]): readonly WireEntry[] {
  const sides = new Map<string, Calls>();
  const callsOf = (session: number, direction: Direction): Calls => {
    const key = `${session} ${direction}`;
    const calls = sides.get(key) ?? new Calls();
    sides.set(key, calls);
    return calls;
  };
  const placed = frames.map((frame) => {
    const read = readCutJson(frame.text);
    const message: WireMessage = read === null ? { kind: 'unknown' } : readMessage(read.value);
    const own = callsOf(frame.session, frame.direction);
    if (frame.nth === 1) own.beginHere();
    const place = placeIn(own, callsOf(frame.session, OTHER[frame.direction]), message);
    return { frame, read, message, place };
  });
  // Only now everything is known that determines the numbers.
  return placed.map(({ frame, read, message, place }) => ({
    frame,
    message,
    ...place(),
    ...textsOf(frame, read),
  }));
}

/** Records what a message reveals about the calls; its own number is resolved later. */
function placeIn(
  own: Calls,
  others: Calls,
  message: WireMessage,
): () => Pick<WireEntry, 'id' | 'method'> {
  switch (message.kind) {
    case 'call':
    case 'stream': {
      const method = message.path.join('.') || null;
      const index = own.add(method);
      return () => ({ id: own.idOf(index), method });
    }
    case 'pipe': {
      const index = own.add(null);
      return () => ({ id: own.idOf(index), method: null });
    }
    case 'pull':
    case 'resolve':
    case 'reject': {
      const { id } = message;
      const calls = message.kind === 'pull' ? own : others;
      calls.mentioned(id);
      return () => ({ id, method: calls.methodOf(id) });
    }
    case 'release': {
      const { id } = message;
      own.mentioned(id);
      return () => ({ id, method: null });
    }
    default:
      return () => ({ id: null, method: null });
  }
}

/** The calls of one side in one session, as far as they were recorded. */
class Calls {
  readonly #methods: (string | null)[] = [];
  /** Calls before the first recorded one: at least so many; null while nothing is known. */
  #before: number | null = null;

  /** The session begins with the next frame: there was no call before. */
  beginHere(): void {
    this.#before = 0;
  }

  /** Adds a call; returns its position among the recorded ones. */
  add(method: string | null): number {
    return this.#methods.push(method) - 1;
  }

  /** Call `id` has been made by now. */
  mentioned(id: number): void {
    // Ids below 1 are not calls but exported: capabilities of the other side.
    if (id < 1) return;
    this.#before = Math.max(this.#before ?? 0, id - this.#methods.length);
  }

  idOf(index: number): number | null {
    return this.#before === null ? null : this.#before + index + 1;
  }

  methodOf(id: number): string | null {
    return this.#methods[id - 1 - (this.#before ?? 0)] ?? null;
  }
}

function textsOf(frame: WireFrame, read: ReturnType<typeof readCutJson>) {
  // What cannot be parsed cannot be masked in part.
  if (read === null) return { maskedText: '•••', fullText: frame.text, cut: true };
  return {
    maskedText: prettyJson(masked(read.value, read.cut)),
    fullText: read.cut ? frame.text : prettyJson(read.value),
    cut: read.cut,
  };
}
