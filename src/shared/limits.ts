/**
 * Every limit of the protocol and the core in one place. Sizes are bytes, times milliseconds.
 * The core takes them as an option, so that a test can shrink them and an operator can raise them.
 */
export interface Limits {
  /** UTF-8 bytes of one message body. */
  readonly messageBytes: number;
  /** UTF-8 bytes of a peer's name. */
  readonly nameBytes: number;
  /** Bytes of one WebSocket frame: one message body may grow sixfold when JSON escapes it. */
  readonly frameBytes: number;
  /** Bytes of one HTTP request body. */
  readonly bodyBytes: number;
  /** Cap'n Web messages in one frame or one HTTP batch. */
  readonly messagesPerFrame: number;
  /** Arrays and objects inside each other in one Cap'n Web message. */
  readonly nesting: number;
  /** JSON values in one Cap'n Web message; bounds the work that one small frame can ask for. */
  readonly valuesPerMessage: number;
  /** Calls a caller (one connection) may have open at once. */
  readonly openCalls: number;
  /** Calls a second that a caller (one connection) may make in the long run. */
  readonly callsPerSecond: number;
  /** Calls that a caller may make at once after a pause. */
  readonly callBurst: number;
  /** Connections from one network address at once. */
  readonly connectionsPerAddress: number;
  /** Connections from everywhere at once. */
  readonly connections: number;
  /** Time to receive the head of a request, from the first byte. */
  readonly headersTimeout: number;
  /** Time to receive a whole request. */
  readonly requestTimeout: number;
  /** Time a server may take to answer one HTTP batch. */
  readonly answerTimeout: number;
  /** Bytes waiting to be sent on one connection before it is taken for stuck and closed. */
  readonly sendBufferBytes: number;
}

const KIB = 1024;

/** What a released copy uses. */
export const DEFAULT_LIMITS: Limits = {
  messageBytes: 64 * KIB,
  nameBytes: 256,
  frameBytes: 512 * KIB,
  bodyBytes: 1024 * KIB,
  messagesPerFrame: 512,
  nesting: 32,
  valuesPerMessage: 10_000,
  openCalls: 256,
  callsPerSecond: 2_000,
  callBurst: 4_000,
  connectionsPerAddress: 64,
  connections: 2_048,
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  answerTimeout: 15_000,
  sendBufferBytes: 16 * 1024 * KIB,
};

/** The port that a copy listens on unless told otherwise. */
export const DEFAULT_PORT = 8080;
