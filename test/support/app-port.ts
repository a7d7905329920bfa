import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below what systems hand out for outgoing connections (from 32768 on Linux, 49152 elsewhere): a
// port from there could be taken by anyone's connection before the app has started.
const FIRST = 20_000;
const LAST = 32_000;

/** A port for an app that a test is about to start by number. Nobody listens on it. */
export async function appPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST);
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
