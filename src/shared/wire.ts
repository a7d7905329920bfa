/** One Cap'n Web message as it went over a contact's connection. */
export interface WireFrame {
  /** Rises by one from frame to frame of one contact. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly direction: 'sent' | 'received';
  /** Length of `text` in UTF-8 bytes, before it was cut. */
  readonly bytes: number;
  /** The message as JSON, cut after some thousand characters. */
  readonly text: string;
}

/** What is kept of a contact's frames, oldest first. */
export interface WireLog {
  readonly on: boolean;
  readonly frames: readonly WireFrame[];
  /** How many older frames were let go of. */
  readonly dropped: number;
}
