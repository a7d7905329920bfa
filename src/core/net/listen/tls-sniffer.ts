import type { Socket } from 'node:net';
import type { World } from '../../base/world.ts';

/** The content type of a TLS handshake record (RFC 8446, section 5.1); no HTTP method begins so. */
const TLS_HANDSHAKE = 0x16;

export interface TlsSnifferOptions {
  readonly world: Pick<World, 'after'>;
  /** Milliseconds until a caller that sends nothing is cut off. */
  readonly timeout: number;
  readonly onPlain: (socket: Socket) => void;
  readonly onTls: (socket: Socket) => void;
}

/**
 * Waits for the first byte of a new connection and hands it over paused, with the byte put back: one
 * port serves plain HTTP and TLS.
 */
export function sniffTls(socket: Socket, options: TlsSnifferOptions): void {
  const { world, timeout, onPlain, onTls } = options;
  const cut = () => socket.destroy();
  const cancel = world.after(timeout, cut);
  const onData = (chunk: Buffer) => {
    cancel();
    socket.off('end', cut);
    socket.off('close', cancel);
    socket.pause();
    socket.unshift(chunk);
    if (chunk[0] === TLS_HANDSHAKE) onTls(socket);
    else onPlain(socket);
  };
  socket.on('error', cut);
  socket.once('end', cut);
  socket.once('close', cancel);
  socket.once('data', onData);
}
