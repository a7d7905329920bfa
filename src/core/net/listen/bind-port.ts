import type { AddressInfo, Server } from 'node:net';
import { raise } from '../../../shared/problems/problem.ts';
import type { ListenOptions } from '../../protocol/channel.ts';

/** Names the owner of a port, as the end of "already used by ...". Never rejects. */
export type PortOwner = (port: number) => Promise<string>;

/** How many ports are tried before we give up looking for a free one. */
const TRIES = 20;
const LAST_PORT = 65_535;

/**
 * Makes `server` listen. When the port is busy, the next ones are tried if `searchPort` is set.
 * Port 0 lets the system choose. Rejects with a `ProblemError`.
 */
export async function bindPort(
  server: Server,
  options: ListenOptions,
  portOwner: PortOwner,
): Promise<AddressInfo> {
  const { host, port, searchPort } = options;
  if (!Number.isInteger(port) || port < 0 || port > LAST_PORT) raise('port-invalid', { port });
  const last = searchPort && port !== 0 ? Math.min(port + TRIES - 1, LAST_PORT) : port;
  for (let candidate = port; candidate <= last; candidate += 1) {
    const failure = await tryPort(server, host, candidate);
    if (failure === null) return boundAddress(server);
    if (failure === 'EACCES' || failure === 'EPERM') raise('port-forbidden', { port: candidate });
    if (failure !== 'EADDRINUSE') raise('host-unavailable', { host });
  }
  return raise('port-in-use', { port, owner: await portOwner(port) });
}

/** Null when it listens, else the system's error code. */
function tryPort(server: Server, host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      resolve(error.code ?? 'unknown');
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(null);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen({ host, port, exclusive: true });
  });
}

function boundAddress(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not a network server.');
  return address;
}
