import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below what systems hand out for outgoing connections (from 32768 on Linux, 49152 elsewhere): a
// port from there could be taken by anyone's connection before it is listened on, or while a peer that
// had it is started again.
const FIRST = 20_000;
const LAST = 32_000;

/** Test files that run at once must not find the same port free; Vitest numbers their workers. */
const SHARES = 8;
const SHARE = (LAST - FIRST) / SHARES;

/** A port for something that a test is about to start by number. Nobody listens on it. */
export async function freePort(): Promise<number> {
  const first = FIRST + (Number(process.env['VITEST_POOL_ID'] ?? 0) % SHARES) * SHARE;
  for (;;) {
    const port = randomInt(first, first + SHARE);
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return port;
    } catch {
      // Taken: another one.
    } finally {
      server.close();
    }
  }
}
