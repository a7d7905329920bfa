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
  /** Calls and property reads in one Cap'n Web message, including those nested in arguments. */
  readonly callsPerMessage: number;
  /** Calls that one connection may have open at once; its next message waits until one has ended. */
  readonly openCalls: number;
  /**
   * Calls that one caller (a contact, or an address) may have open at once over all its
   * connections; the next message waits. Calls that wait for the network and not for us (a
   * dial-back) do not count.
   */
  readonly openCallsOfCaller: number;
  /**
   * The same under contention. Bounds head-of-line blocking in a group commit.
   */
  readonly openCallsBesideOthers: number;
  /**
   * Bytes that one caller's open calls may have to write under contention, exceeded by at most one
   * call: the delivery window of a Parley sender (delivery-window.ts) fits.
   */
  readonly openBytesBesideOthers: number;
  /**
   * Bytes that one caller's open calls may hold in memory, over all its connections: dispatched since
   * it last had no open call, because a call may wait long and keeps its arguments meanwhile.
   */
  readonly openBytesOfCaller: number;
  /** Results that one connection may hold on our side without releasing them. */
  readonly heldAnswers: number;
  /**
   * Backlog of one connection, bytes, at which reading from it pauses.
   * A client that keeps 64 small calls in flight stays below it.
   */
  readonly waitingBytes: number;
  /** Pings, pongs and empty frames on one connection: sustained rate, per second. */
  readonly idleFramesPerSecond: number;
  /** The same: burst. */
  readonly idleFrameBurst: number;
  /**
   * Connections from one network address (or IPv6 network of a /64) at once, those of contacts not
   * counted.
   */
  readonly connectionsPerAddress: number;
  /** Connections in all at once. */
  readonly connections: number;
  /**
   * The same, of callers that are not contacts. Each may hold the state of a TLS handshake, which
   * takes up to 90 kB.
   */
  readonly connectionsOfStrangers: number;
  /**
   * Connections over both limits, each kept until its TLS handshake shows whether it is a contact's.
   * The oldest is evicted for the newest, so this is how many an attacker has to open during one
   * contact's handshake: at 3,000 a second, the handshake may take 170 ms.
   */
  readonly connectionsOnProbation: number;
  /** Connections of one contact that keep their slots: one, and dying predecessors. */
  readonly connectionsPerContact: number;
  /**
   * Bytes of plaintext records in a TLS handshake: the ClientHello, twice after a retry request.
   * With the largest key shares in use (SecP384r1MLKEM1024) our own two are 2,100 bytes.
   */
  readonly greetingBytes: number;
  /**
   * Bytes of encrypted records in the TLS handshake of a caller, or of a listener whose identity is
   * pinned: certificate, proof, end. A peer's are 563, and 683 when it answers. OpenSSL verifies
   * whatever chain is presented, at up to 6 ms for a certificate of 1.2 KiB.
   */
  readonly provingBytes: number;
  /**
   * The same for a listener at a typed address without a known contact, which may be a web server
   * in front of a peer: two ordinary RSA certificates and their proof.
   */
  readonly unknownProvingBytes: number;
  /**
   * Bytes of HTTP parsed in one step, besides bodies with a Content-Length: the shortest request
   * has 18, and creating and completing it costs about 100 microseconds.
   */
  readonly requestSliceBytes: number;
  /** Unanswered requests on one connection at which parsing pauses. */
  readonly unansweredRequests: number;
  /** Memory of a request until it is answered, bytes, besides its body. */
  readonly requestBytes: number;
  /**
   * For a peer that accepts all strangers: contacts accepted automatically that have left no
   * message. The next one replaces one of them.
   */
  readonly emptyStrangers: number;
  /** The same: accepted in a minute, and in a burst after a pause. */
  readonly strangersPerMinute: number;
  /** Time to receive the header of a request, from the first byte. */
  readonly headersTimeout: number;
  /** Time to receive a whole request. */
  readonly requestTimeout: number;
  /** Time a server may take to answer one HTTP batch. */
  readonly answerTimeout: number;
  /** Write buffer of one connection, bytes, at which it counts as stalled and is closed. */
  readonly sendBufferBytes: number;
  /**
   * High watermark of the write buffer, bytes: above it, no more of the peer's messages are run.
   */
  readonly bufferedBytes: number;
  /** Time above the high watermark without any progress before the connection is closed. */
  readonly stallTimeout: number;
}

const KIB = 1024;

/** The limits of a released version. */
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
  connectionsOfStrangers: 512,
  connectionsOnProbation: 512,
  connectionsPerContact: 8,
  greetingBytes: 6 * KIB,
  provingBytes: KIB,
  unknownProvingBytes: 4 * KIB,
  requestSliceBytes: 512,
  unansweredRequests: 8,
  requestBytes: 3 * KIB,
  emptyStrangers: 400,
  strangersPerMinute: 120,
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  answerTimeout: 15_000,
  sendBufferBytes: 16 * 1024 * KIB,
  bufferedBytes: 1024 * KIB,
  stallTimeout: 15_000,
};

/** UTF-8 bytes of a contact's name: longer than a peer's own, as it may be an address. */
export const MAX_CONTACT_NAME = 1024;
