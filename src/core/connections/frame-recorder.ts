import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { ContactId } from '../../shared/model/model.ts';
import { utf8Length } from '../../shared/model/text.ts';
import type { WireFrame, WireLog } from '../../shared/model/wire.ts';
import type { World } from '../base/world.ts';

/** Frames kept per contact. */
const MAX_FRAMES = 500;
/** Characters kept per frame. */
const MAX_CHARACTERS = 4_000;

interface Recording {
  readonly frames: WireFrame[];
  seq: number;
}

/** A frame's position in its session. */
type Position = Pick<WireFrame, 'direction' | 'session' | 'nth'>;

/**
 * Ring buffer of the last frames of each contact whose frame log is enabled; for any other a frame
 * costs one look-up. In memory only; disabling the log discards it.
 */
export class FrameRecorder {
  readonly #world: Pick<World, 'now'>;
  readonly #recordings = new Map<ContactId, Recording>();
  #sessions = 0;

  constructor(world: Pick<World, 'now'>) {
    this.#world = world;
  }

  setEnabled(id: ContactId, on: boolean): void {
    if (!on) this.#recordings.delete(id);
    else if (!this.#recordings.has(id)) this.#recordings.set(id, { frames: [], seq: 0 });
  }

  /** The frames after number `after`. */
  read(id: ContactId, after: number): WireLog {
    const recording = this.#recordings.get(id);
    if (!recording) return { on: false, frames: [], dropped: 0 };
    const frames = recording.frames.filter(({ seq }) => seq > after);
    return { on: true, frames, dropped: recording.seq - recording.frames.length };
  }

  /**
   * Wraps the transport of a session. `whose` is asked for each frame, as the contact may not be known
   * yet.
   */
  record(
    transport: RpcTransportWithCustomEncoding,
    whose: () => ContactId | null,
  ): RpcTransportWithCustomEncoding {
    this.#sessions += 1;
    const session = this.#sessions;
    let [sent, received] = [0, 0];
    return {
      encodingLevel: transport.encodingLevel,
      send: (message) => {
        sent += 1;
        this.#record(whose(), { direction: 'sent', session, nth: sent }, message);
        return transport.send(message);
      },
      receive: async () => {
        const message = await transport.receive();
        received += 1;
        this.#record(whose(), { direction: 'received', session, nth: received }, message);
        return message;
      },
      abort: (reason) => transport.abort?.(reason),
    };
  }

  #record(id: ContactId | null, position: Position, message: unknown): void {
    const recording = id === null ? undefined : this.#recordings.get(id);
    if (!recording) return;
    const text = JSON.stringify(message);
    recording.seq += 1;
    recording.frames.push({
      seq: recording.seq,
      at: this.#world.now(),
      ...position,
      bytes: utf8Length(text),
      text: beginningOf(text),
    });
    if (recording.frames.length > MAX_FRAMES) recording.frames.shift();
  }
}

/** A copy: V8 would keep all of a long text in memory for the sake of a slice of it. */
function beginningOf(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  return Buffer.from(text.slice(0, MAX_CHARACTERS), 'utf16le').toString('utf16le');
}
