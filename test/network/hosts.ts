import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOnPath } from '../../packaging/on-path.ts';
import { startNodePeer } from '../../src/core/node-peer.ts';
import { openProfile } from '../../src/core/open-profile.ts';
import { BUILT_PARLEY, ParleyProcess, type Ran } from '../support/peers/parley-process.ts';
import { ServingHost } from './serving-host.ts';

/** What names of ours begin with; the process that made them comes next. */
export const PREFIX = 'parley-test-';

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const ip = (...args: readonly string[]): string => run('ip', ...args);

/** A name that tells who made it, and that no other thread of that process takes. */
function spaceName(name: string): string {
  return `${PREFIX}${process.pid}-${randomBytes(4).toString('hex')}-${name}`;
}

/** Why no hosts can be made here; null when they can. */
export function whyNoHosts(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'only root can make network namespaces';
  if (!isOnPath('ip')) return 'there is no "ip" (iproute2)';
  const probe = spaceName('probe');
  try {
    ip('netns', 'add', probe);
    ip('-n', probe, 'link', 'add', 'one', 'type', 'veth', 'peer', 'name', 'two');
    return null;
  } catch {
    return 'this machine lets nobody make network namespaces';
  } finally {
    try {
      ip('netns', 'delete', probe);
    } catch {
      // It was never made.
    }
  }
}

/** Removes what test runs that were killed have left. */
export function sweep(): void {
  const names = ip('netns', 'list').match(new RegExp(`^${PREFIX}\\d+-\\S+`, 'gm')) ?? [];
  for (const name of names) {
    const maker = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!isAlive(maker)) removeHost(name);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends what runs on a host of ours, and takes it away with its cables. */
function removeHost(name: string): void {
  for (const pid of ip('netns', 'pids', name).split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  ip('netns', 'delete', name);
}

/** Several computers and the cables between them, for one test. */
export class Hosts {
  readonly #hosts: Host[] = [];

  /** A computer with nothing but a loopback interface. */
  add(name: string): Host {
    const host = new Host(name, spaceName(name.toLowerCase()));
    this.#hosts.push(host);
    return host;
  }

  /** A cable between two interfaces, which are made with it and are up. */
  cable(a: readonly [Host, string], b: readonly [Host, string]): void {
    const [[hostA, nameA], [hostB, nameB]] = [a, b];
    const peer = ['peer', 'name', nameB, 'netns', hostB.space];
    ip('link', 'add', nameA, 'netns', hostA.space, 'type', 'veth', ...peer);
    for (const [host, name] of [a, b]) {
      // No address but those of the test, and none that is usable only after a second.
      host.ip('link', 'set', name, 'addrgenmode', 'none');
      host.ip('link', 'set', name, 'up');
    }
  }

  remove(): void {
    const failed: unknown[] = [];
    for (const host of this.#hosts) {
      try {
        host.remove();
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw new AggregateError(failed, 'A host could not be removed.');
  }
}

/** One of them. */
export class Host {
  readonly name: string;
  /** Its network namespace. */
  readonly space: string;
  /** The folder of its profile. */
  readonly data = mkdtempSync(join(tmpdir(), PREFIX));

  constructor(name: string, space: string) {
    this.name = name;
    this.space = space;
    ip('netns', 'add', space);
    this.ip('link', 'set', 'lo', 'up');
  }

  ip(...args: readonly string[]): void {
    ip('-n', this.space, ...args);
  }

  address(address: string, device: string): void {
    this.ip('address', 'add', address, 'dev', device, ...(address.includes(':') ? ['nodad'] : []));
  }

  /** Runs a program of this machine on the host. */
  exec(program: string, ...args: readonly string[]): void {
    ip('netns', 'exec', this.space, program, ...args);
  }

  /** Lets nobody dial this host; it may dial. */
  refuseCalls(): void {
    this.exec(
      'nft',
      'add table inet wall; add chain inet wall in { type filter hook input priority 0; };' +
        'add rule inet wall in iif != "lo" tcp flags & (syn | ack) == syn reject with tcp reset',
    );
  }

  /** Hides whoever is behind it from `device` on. */
  masquerade(device: string): void {
    this.exec('sysctl', '-qw', 'net.ipv4.ip_forward=1');
    this.exec(
      'nft',
      'add table ip nat; add chain ip nat out { type nat hook postrouting priority 100; };' +
        `add rule ip nat out oifname "${device}" masquerade`,
    );
  }

  /** `parley serve` here, for the network, when it takes calls. */
  async serve(...args: readonly string[]): Promise<ServingHost> {
    const options = ['--name', this.name, '--data', this.data, '--reach', 'network', '--json'];
    return ServingHost.ready(this.#start(['serve', '--port', '8080', ...options, ...args]));
  }

  /** Runs `parley ARGS` here to its end. */
  async run(...args: readonly string[]): Promise<Ran> {
    const started = this.#start(args);
    started.child.stdin.end();
    const ended = await started.ended;
    const stdout = started.lines.join('\n');
    return { ...ended, stdout, stderr: started.errorLines.join('\n') };
  }

  /** Runs it on the profile that serves here. */
  onProfile(...args: readonly string[]): Promise<Ran> {
    return this.run(...args, '--data', this.data);
  }

  /** Resolves when a contact has told whoever serves here of an address. */
  async learns(address: string): Promise<void> {
    const { app, close } = await openProfile({
      dataDir: this.data,
      create: false,
      defaultName: this.name,
      onUnexpected: () => {},
      start: startNodePeer,
    });
    try {
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          app.snapshot({}).then(({ conversations }) => {
            if (conversations.some((it) => it.contact.claimed.includes(address))) resolve();
          }, reject);
        };
        app.subscribe(0, look);
        look();
      });
    } finally {
      await close();
    }
  }

  remove(): void {
    removeHost(this.space);
    rmSync(this.data, { recursive: true, force: true });
  }

  #start(args: readonly string[]): ParleyProcess {
    const program = [process.execPath, BUILT_PARLEY, ...args];
    return new ParleyProcess('ip', ['netns', 'exec', this.space, ...program]);
  }
}
