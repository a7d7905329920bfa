import { execFileSync } from 'node:child_process';
import { isOnPath } from '../../packaging/on-path.ts';
import { sweep, whyNoHosts } from './hosts.ts';

/** Before the first test: takes away what killed runs have left, and gets nftables where it can. */
export function setup(): void {
  if (whyNoHosts() !== null) return;
  sweep();
  if (isOnPath('nft') || !isOnPath('apt-get')) return;
  const apt = (...args: readonly string[]) =>
    execFileSync('apt-get', ['-qq', ...args], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'nftables');
  } catch {
    // Without a network to install from, its tests are skipped by name.
  }
}
