import type { Copy, Host } from '../../support/hosts/host.ts';
import { firstChat } from './first-chat.ts';

export interface TwoPeople {
  readonly alice: Copy;
  readonly bob: Copy;
}

/** Alice and Bob, each before their own Parley. They do not know each other yet. */
export async function twoPeople(host: Host): Promise<TwoPeople> {
  // One after the other, so that Alice has the first port.
  const ports = [await host.port(), await host.port()] as const;
  const [alice, bob] = await Promise.all([
    host.start({ name: 'Alice', port: ports[0] }),
    host.start({ name: 'Bob', port: ports[1] }),
  ]);
  return { alice, bob };
}

/** The same, after each has said hello to the other. */
export async function twoFriends(host: Host): Promise<TwoPeople> {
  const { alice, bob } = await twoPeople(host);
  await firstChat({ name: 'Alice', page: alice.page }, { name: 'Bob', page: bob.page });
  return { alice, bob };
}
