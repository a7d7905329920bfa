import { readFile } from 'node:fs/promises';
import { socketsAtPort } from '../../core/net/listen/socket-table.ts';

/** Both ends of a connection, as far as they tell it from others that come to us. */
export interface ConnectionEnds {
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/** What the answer depends on, so that a test can bring its own. */
export interface UserSystem {
  readonly platform: NodeJS.Platform;
  /** Our own user; undefined on Windows. */
  readonly user: number | undefined;
  /** The user who let the system's administrator run us (sudo). */
  readonly behind: string | undefined;
  readonly read: (path: string) => Promise<string>;
}

const thisSystem: UserSystem = {
  platform: process.platform,
  user: process.getuid?.(),
  behind: process.env['SUDO_UID'],
  read: (path) => readFile(path, 'utf8'),
};

const ADMINISTRATOR = 0;

/**
 * Which other user of this computer is at the other end of a connection on loopback; null for our own
 * user, for the administrator, and where the system does not tell. The kernel's tables of Linux do.
 * -1: somebody who has let go of their end, which the tables then show as nobody's; they could not read
 * an answer.
 */
export async function otherUser(
  { remotePort, localPort }: ConnectionEnds,
  { platform, user, behind, read }: UserSystem = thisSystem,
): Promise<number | null> {
  if (platform !== 'linux' || user === undefined) return null;
  if (remotePort === undefined || localPort === undefined) return null;
  const ours = new Set([user, ADMINISTRATOR]);
  if (user === ADMINISTRATOR && behind !== undefined) ours.add(Number(behind));
  for (const socket of await socketsAtPort(remotePort, read)) {
    // By the ports alone, of any address: a user who has the same ones at another must be ours too.
    if (socket.remotePort !== localPort) continue;
    if (socket.inode === '0') return -1;
    if (!ours.has(socket.user)) return socket.user;
  }
  return null;
}
