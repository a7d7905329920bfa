import { test } from 'vitest';
import { isOnPath } from '../../packaging/on-path.ts';
import { type Host, Hosts, whyNoHosts } from './hosts.ts';
import type { ServingHost } from './serving-host.ts';

const missing = whyNoHosts();
const noFirewall = missing ?? (isOnPath('nft') ? null : 'there is no "nft" (nftables)');

type Run = (hosts: Hosts) => Promise<void>;

function define(title: string, why: string | null, run: Run): void {
  const name = why === null ? title : `${title} (skipped: ${why})`;
  test.skipIf(why !== null)(name, { concurrent: true }, async ({ onTestFinished }) => {
    const hosts = new Hosts();
    onTestFinished(() => hosts.remove());
    await run(hosts);
  });
}

/** A test on hosts of its own, which are gone after it; skipped, and why, where none can be made. */
export const story = (title: string, run: Run): void => define(title, missing, run);

/** The same with a firewall or address translation. */
export const filtered = (title: string, run: Run): void => define(title, noFirewall, run);

/** Alice and Bob on one cable, with the addresses given. */
export function neighbours(
  hosts: Hosts,
  [aliceAddress, bobAddress]: readonly [string, string],
): { readonly alice: Host; readonly bob: Host } {
  const [alice, bob] = [hosts.add('Alice'), hosts.add('Bob')];
  hosts.cable([alice, 'lan0'], [bob, 'lan0']);
  alice.address(aliceAddress, 'lan0');
  bob.address(bobAddress, 'lan0');
  return { alice, bob };
}

/** What is typed into `from` arrives at `to`, and `from` is told so. */
export async function passes(from: ServingHost, to: ServingHost, body: string): Promise<void> {
  from.type(body);
  const { id } = await from.event('accepted', { body });
  await to.event('received', { id, body });
  await from.event('delivered', { id });
}
