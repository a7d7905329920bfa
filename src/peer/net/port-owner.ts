import { readdir, readFile, readlink } from 'node:fs/promises';
import type { PortOwner } from './port-search.ts';

/** What is read of the system, so that a test can bring its own. Each rejects when it may not. */
export interface ProcFiles {
  readonly read: (path: string) => Promise<string>;
  readonly list: (path: string) => Promise<readonly string[]>;
  readonly link: (path: string) => Promise<string>;
}

const systemFiles: ProcFiles = {
  read: (path) => readFile(path, 'utf8'),
  list: (path) => readdir(path),
  link: (path) => readlink(path),
};

const UNKNOWN = 'another program';
/** TCP_LISTEN in the kernel's tables (proc(5), /proc/net/tcp). */
const LISTENING = '0A';

/**
 * Names the program that listens on a port, from Linux's `/proc`: its tables give the socket, and
 * the processes of this user tell whose it is. Elsewhere, and for other users' programs: "another
 * program".
 */
export function createPortOwner(files: ProcFiles = systemFiles): PortOwner {
  return async (port) => {
    const sockets = await listeningSockets(files, port);
    if (sockets.size === 0) return UNKNOWN;
    const processes = (await files.list('/proc').catch(() => [])).filter((id) => /^\d+$/.test(id));
    for (const id of processes) {
      if (!(await holdsSocket(files, id, sockets))) continue;
      const name = await files.read(`/proc/${id}/comm`).catch(() => '');
      return name.trim() === '' ? UNKNOWN : `${name.trim()} (process ${id})`;
    }
    return UNKNOWN;
  };
}

async function listeningSockets(files: ProcFiles, port: number): Promise<ReadonlySet<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await files.read(table).catch(() => '');
    for (const line of text.split('\n')) {
      // sl, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(suffix) && columns[3] === LISTENING) {
        sockets.add(`socket:[${columns[9]}]`);
      }
    }
  }
  return sockets;
}

async function holdsSocket(
  files: ProcFiles,
  id: string,
  sockets: ReadonlySet<string>,
): Promise<boolean> {
  const handles = await files.list(`/proc/${id}/fd`).catch(() => []);
  for (const handle of handles) {
    if (sockets.has(await files.link(`/proc/${id}/fd/${handle}`).catch(() => ''))) return true;
  }
  return false;
}
