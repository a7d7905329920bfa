import type { Socket } from 'node:net';
import type { World } from '../../base/world.ts';
import { firstRecordBytes } from '../tls/record-heads.ts';

/** The content type of a TLS handshake record (RFC 8446, section 5.1); no HTTP method begins so. */
const TLS_HANDSHAKE = 0x16;
const NOTHING: Buffer = Buffer.alloc(0);

export interface TlsSnifferOptions {
  readonly world: Pick<World, 'after'>;
  /** Milliseconds until a caller that has not sent the expected bytes is disconnected. */
  readonly timeout: number;
  /**
   * Maximum length of the first record of a TLS handshake, bytes; a caller that declares more is
   * disconnected.
   */
  readonly longestHello: number;
  readonly onPlain: (socket: Socket) => void;
  readonly onTls: (socket: Socket) => void;
}

/**
 * Waits for the first byte of a new connection: one port serves plain HTTP and TLS. For TLS the
 * whole first record is awaited, so that a part of one does not cost the state of a handshake, 60
 * kB. The socket is handed over paused, with the received bytes put back.
 */
export function sniffTls(socket: Socket, options: TlsSnifferOptions): void {
  const { world, timeout, longestHello, onPlain, onTls } = options;
  const cut = () => socket.destroy();
  const cancel = world.after(timeout, cut);
  let received = NOTHING;
  const onData = (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const isTls = received[0] === TLS_HANDSHAKE;
    const hello = isTls ? firstRecordBytes(received) : 1;
    if (hello !== null && hello > longestHello) cut();
    if (hello === null || hello > received.length || socket.destroyed) return;
    cancel();
    socket.off('data', onData);
    socket.off('end', cut);
    socket.off('close', cancel);
    socket.pause();
    socket.unshift(received);
    // The remaining listeners would retain it as long as the socket.
    received = NOTHING;
    if (isTls) onTls(socket);
    else onPlain(socket);
  };
  socket.on('error', cut);
  socket.once('end', cut);
  socket.once('close', cancel);
  socket.on('data', onData);
}
