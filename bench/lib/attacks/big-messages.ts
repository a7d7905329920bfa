import { type Attack, overAt } from './attack.ts';
import { envelopes, hostileLink } from './hostile-link.ts';

const CONTACTS = 3;
/** As many as one frame holds. */
const MESSAGES = 7;
const BYTES = 64 * 1024;
/** Deliveries of one contact that are under way at once. */
const AT_ONCE = 4;

/** Contacts that write as much as may be written, again and again. */
export const bigMessages: Attack = async ({ port }, signal) => {
  const write = async (name: string) => {
    const { link, channel } = await hostileLink(port, name);
    const lane = async () => {
      while (!signal.aborted) await link.deliver(envelopes(MESSAGES, BYTES));
    };
    const lanes = Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
    await Promise.race([overAt(signal), lanes, channel.closed]);
    channel.close(1000, 'over');
  };
  const names = Array.from({ length: CONTACTS }, (_, index) => `Writer ${index}`);
  await Promise.all(names.map((name) => write(name).catch(() => {})));
  return {};
};
