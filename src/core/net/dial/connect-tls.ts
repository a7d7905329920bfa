import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { PeerAddress } from '../../../shared/address/address.ts';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import { errorCode } from '../../base/error-code.ts';
import type { World } from '../../base/world.ts';
import { spkiIdentity } from '../../identity/identity.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { flowKey } from '../scheduling/flow-key.ts';
import { HandshakeBytes } from '../tls/handshake-bytes.ts';
import { KEY_EXCHANGE } from '../tls/key-exchange.ts';
import { PacedSocket } from '../tls/paced-socket.ts';
import { RecordHeads } from '../tls/record-heads.ts';
import { passRecords } from '../tls/record-turns.ts';

/** An encrypted connection. */
export interface Secured {
  readonly socket: TLSSocket;
  /**
   * The identity of the other side's certificate; null when its key is not of the kind that peers
   * use.
   */
  readonly identity: Identity | null;
  /** The other side's network address. */
  readonly remoteHost: string;
}

/**
 * Why a connection could not be encrypted.
 * - `not-tls`: the other side answered, but in another protocol
 * - `silent`: no byte arrived within the timeout
 * - `closed`: it disconnected without an answer
 * - `failed`: it speaks TLS, but the handshake failed
 */
export class SecureError extends Error {
  override readonly name = 'SecureError';
  readonly reason: 'not-tls' | 'silent' | 'closed' | 'failed';

  constructor(reason: SecureError['reason'], options?: ErrorOptions) {
    super(`No encrypted connection: ${reason}`, options);
    this.reason = reason;
  }
}

/** A PEM key and certificate that prove our identity. */
export interface TlsCredentials {
  readonly key: string;
  readonly cert: string;
}

/**
 * Peers speak TLS 1.3 and nothing older. Cipher suites are the library's default: every TLS 1.3
 * library has the same three. Names are not checked and no certificate authority is consulted: the
 * caller compares the key.
 */
export const TLS_PROFILE = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ecdhCurve: KEY_EXCHANGE,

  rejectUnauthorized: false,
  // None: the system's authorities would be loaded otherwise, for nothing.
  ca: [] as string[],
} as const;

export interface SecureOptions {
  readonly world: Pick<World, 'after'>;
  /** Schedules the records that follow the handshake. */
  readonly scheduler: FairScheduler;
  readonly address: PeerAddress;
  readonly credentials: TlsCredentials | null;
  /**
   * Whether an identity is pinned: then the other side's handshake is limited to the size of a
   * peer's.
   */
  readonly peerExpected: boolean;
  readonly limits: Pick<Limits, 'greetingBytes' | 'provingBytes' | 'unknownProvingBytes'>;
  /** Milliseconds to wait for the first byte of an answer. */
  readonly silence: number;
  /** Closes the socket. */
  readonly signal: AbortSignal;
}

/**
 * Completes a TLS handshake on a connected socket, which it then owns: on failure the socket is
 * closed. Resolves before anything but the handshake was written. Rejects with a `SecureError`.
 */
export function secureSocket(raw: Socket, options: SecureOptions): Promise<Secured> {
  const { world, scheduler, address, credentials, silence, signal, peerExpected, limits } = options;
  return new Promise((resolve, reject) => {
    const heads = new RecordHeads();
    const sealed = peerExpected ? limits.provingBytes : limits.unknownProvingBytes;
    const counted = new HandshakeBytes({ open: limits.greetingBytes, sealed }, heads);
    let done = false;
    const paced = new PacedSocket(raw, () => {
      while (!done && paced.held.length > 0) {
        const count = counted.admit(paced.held);
        if (count === 0) fail(new SecureError('failed'));
        else paced.feed(count);
      }
    });
    const socket = connect({
      ...TLS_PROFILE,
      ...(credentials ?? {}),
      socket: paced,
      // Server names are for names: TLS forbids numbers there (RFC 6066, section 3).
      ...(isIP(address.host) === 0 ? { servername: address.host } : {}),
      ALPNProtocols: ['http/1.1'],
    });
    const fail = (error: SecureError) => {
      finish();
      // Destroys the TCP socket too.
      socket.destroy();
      reject(error);
    };
    const cancelSilence = world.after(silence, () => {
      if (raw.bytesRead === 0) fail(new SecureError('silent'));
    });
    const onAbort = () => fail(new SecureError('closed', { cause: signal.reason }));
    const onClose = () => fail(new SecureError('closed'));
    const finish = () => {
      done = true;
      cancelSilence();
      signal.removeEventListener('abort', onAbort);
      socket.off('close', onClose);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays, for the same reason as on the TCP socket beneath.
    socket.on('error', (cause) => fail(new SecureError(failureOf(cause), { cause })));
    socket.once('close', onClose);
    socket.once('secureConnect', () => {
      finish();
      const certificate = socket.getPeerX509Certificate();
      const identity = certificate === undefined ? null : spkiIdentity(certificate.raw);
      const remoteHost = raw.remoteAddress ?? address.host;
      resolve({ socket, identity, remoteHost });
      passRecords(
        paced,
        heads,
        scheduler.openQueue(flowKey(remoteHost), identity, () => {}),
      );
    });
  });
}

/**
 * The errors of OpenSSL and BoringSSL for an answer whose first bytes are not a TLS record. Any
 * other error comes from a peer that speaks TLS, and must not lead to a second attempt in plain
 * text.
 */
const OTHER_PROTOCOL = /^ERR_SSL_(WRONG_VERSION_NUMBER|HTTP_REQUEST|HTTPS_PROXY_REQUEST)$/;

function failureOf(error: unknown): SecureError['reason'] {
  const code = errorCode(error);
  if (!code.startsWith('ERR_SSL_')) return 'closed';
  return OTHER_PROTOCOL.test(code) ? 'not-tls' : 'failed';
}
