import { once } from 'node:events';
import type { Server } from 'node:net';
import type { Playing } from './role.ts';

/** Listens on a free port of this computer and reports it. */
export async function listening(server: Server): Promise<Playing<{ readonly port: number }>> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { value: { port: address.port } };
}
