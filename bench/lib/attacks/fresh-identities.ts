import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Attack, overAt } from './attack.ts';
import { envelopes, hostileLink } from './hostile-link.ts';

const IDENTITIES = 1_500;
/** Made and linked at once. */
const AT_ONCE = 16;
const MESSAGES = 7;
const BYTES = 32 * 1024;

/**
 * Strangers who come once, leave as much as they can, say that they listen where somebody else does,
 * and are never seen again.
 */
export const freshIdentities: Attack = async ({ port }, signal) => {
  let dials = 0;
  const elsewhere = createServer((socket) => {
    dials += 1;
    socket.destroy();
  });
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const address = elsewhere.address();
  const claims = typeof address === 'object' && address !== null ? address.port : null;
  let begun = 0;
  const come = async () => {
    while (!signal.aborted && begun < IDENTITIES) {
      begun += 1;
      await visit(port, `Stranger ${begun}`, claims).catch(() => {});
    }
  };
  // Whoever believes them dials long after they have gone.
  await Promise.all([overAt(signal), ...Array.from({ length: AT_ONCE }, come)]);
  elsewhere.close();
  return { dials };
};

async function visit(port: number, name: string, claims: number | null): Promise<void> {
  const { link, channel } = await hostileLink(port, name, claims);
  await Promise.race([link.deliver(envelopes(MESSAGES, BYTES)), channel.closed]).catch(() => {});
  channel.close(1000, 'over');
}
