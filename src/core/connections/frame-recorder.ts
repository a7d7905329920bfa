import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { ContactId } from '../../shared/model/model.ts';
import { utf8Length } from '../../shared/model/text.ts';
import type { WireFrame, WireLog } from '../../shared/model/wire.ts';
import type { World } from '../base/world.ts';

/** Frames kept of one contact. */
const KEPT_FRAMES = 500;
/** Characters kept of one frame. */
const KEPT_CHARACTERS = 4_000;

interface Shelf {
  readonly frames: WireFrame[];
  seq: number;
}

/** Where in its session a frame is. */
type Position = Pick<WireFrame, 'direction' | 'session' | 'nth'>;

/**
 * Keeps the last frames of the contacts whose log is switched on; a frame of any other costs one
 * look-up. In memory only, and gone when the log is switched off.
 */
export class WireTap {
  readonly #world: Pick<World, 'now'>;
  readonly #shelves = new Map<ContactId, Shelf>();
  #sessions = 0;

  constructor(world: Pick<World, 'now'>) {
    this.#world = world;
  }

  switch(id: ContactId, on: boolean): void {
    if (!on) this.#shelves.delete(id);
    else if (!this.#shelves.has(id)) this.#shelves.set(id, { frames: [], seq: 0 });
  }

  /** The frames after number `after`. */
  read(id: ContactId, after: number): WireLog {
    const shelf = this.#shelves.get(id);
    if (!shelf) return { on: false, frames: [], dropped: 0 };
    const frames = shelf.frames.filter(({ seq }) => seq > after);
    return { on: true, frames, dropped: shelf.seq - shelf.frames.length };
  }

  /**
   * The same transport, a session's, listened in on. `whose` is asked at each frame: it may not be
   * known yet.
   */
  tap(
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
        this.#note(whose(), { direction: 'sent', session, nth: sent }, message);
        return transport.send(message);
      },
      receive: async () => {
        const message = await transport.receive();
        received += 1;
        this.#note(whose(), { direction: 'received', session, nth: received }, message);
        return message;
      },
      abort: (reason) => transport.abort?.(reason),
    };
  }

  #note(id: ContactId | null, position: Position, message: unknown): void {
    const shelf = id === null ? undefined : this.#shelves.get(id);
    if (!shelf) return;
    const text = JSON.stringify(message);
    shelf.seq += 1;
    shelf.frames.push({
      seq: shelf.seq,
      at: this.#world.now(),
      ...position,
      bytes: utf8Length(text),
      text: beginningOf(text),
    });
    if (shelf.frames.length > KEPT_FRAMES) shelf.frames.shift();
  }
}

/** A copy: V8 would keep all of a long text in memory for the sake of a slice of it. */
function beginningOf(text: string): string {
  if (text.length <= KEPT_CHARACTERS) return text;
  return Buffer.from(text.slice(0, KEPT_CHARACTERS), 'utf16le').toString('utf16le');
}
