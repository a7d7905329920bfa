/** One Cap'n Web message as it went over a contact's connection. */
export interface WireFrame {
  /** Rises by one from frame to frame of one contact. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly direction: 'sent' | 'received';
  /** The session that it belongs to: a contact has another one after each reconnection. */
  readonly session: number;
  /** Its number among what went this way in the session, from 1, whether the log was on or not. */
  readonly nth: number;
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
