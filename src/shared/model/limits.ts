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
  /** Calls and property reads in one Cap'n Web message, those nested in arguments included. */
  readonly callsPerMessage: number;
  /** Calls that one connection may have open at once; its next message waits until one has ended. */
  readonly openCalls: number;
  /**
   * Calls that one caller (a contact, or an address) may have open at once over all its
   * connections; the next message waits. Those that wait for the network and not for us (a call
   * back) do not count.
   */
  readonly openCallsOfCaller: number;
  /**
   * The same while others call too: what waits for the disk is written together, so this is how
   * much of one caller's another one's write has to stand behind.
   */
  readonly openCallsBesideOthers: number;
  /**
   * Bytes that one caller's open calls may have to be written while others call too, but for one
   * call more: what a sender of ours has under way at once (delivery-window.ts) fits.
   */
  readonly openBytesBesideOthers: number;
  /**
   * Bytes that one caller's calls may have brought, over all its connections, since none of them was
   * open: what a call waits for may take long, and what it brought is kept so long.
   */
  readonly openBytesOfCaller: number;
  /** Results that one connection may hold on our side without releasing them. */
  readonly heldAnswers: number;
  /**
   * Bytes that have arrived on one connection and wait for its turn, before reading from it pauses.
   * A client that keeps 64 small calls in flight stays below it.
   */
  readonly waitingBytes: number;
  /** Pings, pongs and empty frames on one connection: so many a second in the long run. */
  readonly idleFramesPerSecond: number;
  /** The same at once, after a pause. */
  readonly idleFrameBurst: number;
  /**
   * Connections from one network address (or IPv6 network of a /64) at once, those of contacts not
   * counted.
   */
  readonly connectionsPerAddress: number;
  /** Connections from everywhere at once. */
  readonly connections: number;
  /**
   * Connections beyond both at once, each for as long as it takes to see whether a contact comes on
   * it. The oldest makes room for the newest, so this is how many others an attacker has to open
   * while one contact shakes hands: at 3,000 a second, the handshake may take 170 ms.
   */
  readonly connectionsAtDoor: number;
  /** Connections of one contact that keep their places: one, and those of before that are dying. */
  readonly connectionsPerContact: number;
  /**
   * Bytes of what comes open in a TLS handshake: the greeting, twice where it has to be repeated.
   * With the largest key shares in use (SecP384r1MLKEM1024) our own two are 2,100 bytes.
   */
  readonly greetingBytes: number;
  /**
   * Bytes of what comes sealed in the TLS handshake of a caller, or of whoever answers where a
   * certain identity is expected: certificate, proof, end. A peer's are 563, and 683 when it
   * answers. OpenSSL verifies whatever chain is shown, at up to 6 ms for a certificate of 1.2 KiB.
   */
  readonly provingBytes: number;
  /**
   * The same of whoever answers at an address that the user typed and nobody is known at, which may
   * be a web server in front of a peer: two ordinary RSA certificates and their proof.
   */
  readonly unknownProvingBytes: number;
  /**
   * Bytes of HTTP that are parsed in one turn, besides bodies of announced length: the shortest
   * request has 18, and making and ending it costs about 100 microseconds.
   */
  readonly requestSliceBytes: number;
  /** Requests that one connection may wait for answers to before more of it is parsed. */
  readonly unansweredRequests: number;
  /** Bytes that a request keeps in memory until it is answered, besides its body. */
  readonly requestBytes: number;
  /**
   * Where everybody is taken for a contact: those taken who have left no message. The next one takes
   * the place of one of them.
   */
  readonly takenEmpty: number;
  /** The same: those taken in a minute, and at once after a pause. */
  readonly takenPerMinute: number;
  /** Time to receive the head of a request, from the first byte. */
  readonly headersTimeout: number;
  /** Time to receive a whole request. */
  readonly requestTimeout: number;
  /** Time a server may take to answer one HTTP batch. */
  readonly answerTimeout: number;
  /** Bytes waiting to be sent on one connection before it is taken for stuck and closed. */
  readonly sendBufferBytes: number;
  /** Bytes waiting to be sent on one connection before its next message waits until it has read. */
  readonly unreadBytes: number;
  /** Time a connection may have that much unread, and read nothing of it, before it is closed. */
  readonly unreadTimeout: number;
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
  callsPerMessage: 64,
  openCalls: 64,
  openCallsOfCaller: 64,
  openCallsBesideOthers: 4,
  openBytesBesideOthers: 64 * KIB,
  openBytesOfCaller: 4 * 1024 * KIB,
  heldAnswers: 8_000,
  waitingBytes: 16 * KIB,
  idleFramesPerSecond: 20,
  idleFrameBurst: 200,
  connectionsPerAddress: 64,
  connections: 1_536,
  connectionsAtDoor: 512,
  connectionsPerContact: 8,
  greetingBytes: 6 * KIB,
  provingBytes: KIB,
  unknownProvingBytes: 4 * KIB,
  requestSliceBytes: 512,
  unansweredRequests: 8,
  requestBytes: 3 * KIB,
  takenEmpty: 400,
  takenPerMinute: 120,
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  answerTimeout: 15_000,
  sendBufferBytes: 16 * 1024 * KIB,
  unreadBytes: 1024 * KIB,
  unreadTimeout: 15_000,
};

/** UTF-8 bytes of a contact's name: longer than a peer's own, as an address may stand in its place. */
export const MAX_CONTACT_NAME = 1024;
