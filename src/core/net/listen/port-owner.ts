import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PortOwner } from './bind-port.ts';
import { socketsAtPort } from './socket-table.ts';

/** The parts of `/proc` that are read, injected for tests. Each rejects when access is denied. */
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

/** The script or the program of a Parley process. */
const OURS = /(^|\/)parley(\.js)?$/i;

const UNKNOWN = 'another program';
/** TCP_LISTEN in the kernel's tables. */
const LISTENING = '0A';

/**
 * Names the program that listens on a port, from Linux's `/proc`: its tables give the socket, and
 * the processes of this user show whose it is. On other systems, and for other users' programs:
 * "another program".
 */
export function createPortOwner(files: ProcFiles = systemFiles): PortOwner {
  return async (port) => {
    const sockets = await listeningSockets(files, port);
    if (sockets.size === 0) return UNKNOWN;
    const processes = (await files.list('/proc').catch(() => [])).filter((id) => /^\d+$/.test(id));
    for (const id of processes) {
      if (!(await holdsSocket(files, id, sockets))) continue;
      const name = await programName(files, id);
      return name === '' ? UNKNOWN : `${name} (process ${id})`;
    }
    return UNKNOWN;
  };
}

/**
 * The usual name of a process: the file name of its program, or ours if it runs Parley. (The
 * kernel's own short name is that of the main thread, which programs rename.)
 */
async function programName(files: ProcFiles, id: string): Promise<string> {
  const words = (await files.read(`/proc/${id}/cmdline`).catch(() => '')).split('\0');
  if (words.slice(0, 3).some((word) => OURS.test(word))) return 'another copy of Parley';
  return basename(words[0] ?? '') || (await files.read(`/proc/${id}/comm`).catch(() => '')).trim();
}

async function listeningSockets(files: ProcFiles, port: number): Promise<ReadonlySet<string>> {
  const sockets = await socketsAtPort(port, files.read);
  const listening = sockets.filter(({ state }) => state === LISTENING);
  return new Set(listening.map(({ inode }) => `socket:[${inode}]`));
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
