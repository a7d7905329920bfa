import type { WireFrame } from '../../shared/wire.ts';
import { masked } from './mask.ts';
import { prettyJson } from './pretty-json.ts';
import { readMessage, type WireMessage } from './read-message.ts';
import { readCutJson } from './repair-json.ts';

/** One frame as the log shows it. */
export interface WireEntry {
  readonly frame: WireFrame;
  readonly message: WireMessage;
  /** The number of the call that it is or is about; null when it is not known. */
  readonly id: number | null;
  /** The method or property of that call; null when the call was before the log. */
  readonly method: string | null;
  /** Its JSON without what people wrote. */
  readonly maskedText: string;
  /** The same as it went over the wire, both indented. */
  readonly fullText: string;
  /** Whether its end was not kept. */
  readonly cut: boolean;
}

/** The calls of one side, as far as they were seen. */
interface Calls {
  /** The number that the next call gets; null until one is known. */
  next: number | null;
  /** Calls since the last known number, for giving them theirs later. */
  readonly unnumbered: { method: string; entry: number }[];
  readonly methods: Map<number, string>;
}

/**
 * Reads frames, oldest first, as entries. Calls carry no number: they are counted on each side, from
 * 1 when the session begins. A log that began later learns the number from the `pull` that follows a
 * call, and a `pull` that starts over shows that a new session began.
 */
export function entriesOf(frames: readonly WireFrame[]): readonly WireEntry[] {
  const sides = { sent: newCalls(), received: newCalls() };
  const entries: WireEntry[] = [];
  for (const frame of frames) {
    const read = readCutJson(frame.text);
    const message = read === null ? ({ kind: 'unknown' } as const) : readMessage(read.value);
    const calls = sides[frame.direction];
    const others = sides[frame.direction === 'sent' ? 'received' : 'sent'];
    let id: number | null = null;
    let method: string | null = null;
    if (message.kind === 'call' || message.kind === 'stream') {
      method = message.path.join('.') || null;
      id = note(calls, method ?? '', entries.length);
    } else if (message.kind === 'pull') {
      id = message.id;
      for (const [entry, number] of settle(calls, message.id)) {
        const known = entries[entry];
        if (known) entries[entry] = { ...known, id: number };
      }
      method = calls.methods.get(id) ?? null;
    } else if (message.kind === 'resolve' || message.kind === 'reject') {
      id = message.id;
      method = others.methods.get(id) ?? null;
    } else if (message.kind === 'release') {
      id = message.id;
    }
    entries.push({ frame, message, id, method, ...textsOf(frame, read) });
  }
  return entries;
}

function newCalls(): Calls {
  return { next: null, unnumbered: [], methods: new Map() };
}

function note(calls: Calls, method: string, entry: number): number | null {
  if (calls.next === null) {
    calls.unnumbered.push({ method, entry });
    return null;
  }
  const id = calls.next;
  calls.next += 1;
  calls.methods.set(id, method);
  calls.unnumbered.push({ method, entry });
  return id;
}

/** Learns from a `pull` what the last calls are numbered; which entries that concerns. */
function settle(calls: Calls, pulled: number): readonly (readonly [number, number])[] {
  const { unnumbered, methods, next } = calls;
  const expected = next !== null && pulled < next && methods.has(pulled);
  // A session that starts over counts from 1 again, while the count here went on.
  const over = expected && pulled < next - unnumbered.length;
  const last = unnumbered.splice(0);
  if (last.length === 0 || (expected && !over)) return [];
  if (over) methods.clear();
  calls.next = pulled + 1;
  return last.map(({ method, entry }, index) => {
    const id = pulled - (last.length - 1 - index);
    methods.set(id, method);
    return [entry, id] as const;
  });
}

function textsOf(frame: WireFrame, read: ReturnType<typeof readCutJson>) {
  // What cannot be read cannot be masked in part.
  if (read === null) return { maskedText: '•••', fullText: frame.text, cut: true };
  return {
    maskedText: prettyJson(masked(read.value, read.cut)),
    fullText: read.cut ? frame.text : prettyJson(read.value),
    cut: read.cut,
  };
}
