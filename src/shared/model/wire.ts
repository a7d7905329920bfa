/** One Cap'n Web message as sent over a contact's connection. */
export interface WireFrame {
  /** Increases by one from frame to frame of one contact. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly direction: 'sent' | 'received';
  /** The session that it belongs to: a contact has another one after each reconnection. */
  readonly session: number;
  /** Its number within its direction and session, from 1, whether the log was on or not. */
  readonly nth: number;
  /** Length of `text` in UTF-8 bytes, before truncation. */
  readonly bytes: number;
  /** The message as JSON, truncated after some thousand characters. */
  readonly text: string;
}

/** The recorded frames of a contact, oldest first. */
export interface WireLog {
  readonly on: boolean;
  readonly frames: readonly WireFrame[];
  /** How many older frames were dropped. */
  readonly dropped: number;
}
