import { execFileSync } from 'node:child_process';
import { isOnPath } from '../../packaging/on-path.ts';

/** What the tests of packages need, and the Debian package that each comes from. */
const TOOLS = {
  'dpkg-deb': 'dpkg',
  rpmbuild: 'rpm',
  rpm2archive: 'rpm',
  zip: 'zip',
  unzip: 'unzip',
  mksquashfs: 'squashfs-tools',
  'desktop-file-validate': 'desktop-file-utils',
  // Who is not root plays it, for dpkg.
  ...(process.getuid?.() === 0 ? {} : { fakeroot: 'fakeroot' }),
} as const;

/** Sees to it that all tools are there: installs them as root where apt is, or says what to run. */
export function ensureTools(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    throw new Error(
      `Packages cannot be built and tested here; run: sudo apt-get install ${missing.join(' ')}`,
    );
  }
  console.log(`Installing what packages are built and tested with: ${missing.join(', ')}.`);
  try {
    install(missing);
  } catch {
    // A fresh machine has no lists yet, or old ones.
    apt('update');
    install(missing);
  }
}

function apt(...args: readonly string[]): void {
  execFileSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function install(packages: readonly string[]): void {
  apt('install', '-y', '--no-install-recommends', ...packages);
}

function missingPackages(): readonly string[] {
  const lacking = Object.entries(TOOLS).filter(([program]) => !isOnPath(program));
  return [...new Set(lacking.map(([, name]) => name))];
}
