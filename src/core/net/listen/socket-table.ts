/** A TCP socket as the kernel's tables of Linux show it (proc(5), /proc/net/tcp). */
export interface TableSocket {
  readonly localPort: number;
  readonly remotePort: number;
  /** Two hexadecimal digits, such as `0A` for one that listens. */
  readonly state: string;
  /** The id of the user it belongs to. */
  readonly user: number;
  /** `0` if no program has it any more. */
  readonly inode: string;
}

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * The sockets whose own port is `port`, of any address. Other lines are not taken apart: a server that
 * many have just left has tens of thousands. Empty where the system has no such tables.
 *
 * @param read a file as text
 */
export async function socketsAtPort(
  port: number,
  read: (path: string) => Promise<string>,
): Promise<readonly TableSocket[]> {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  const found: TableSocket[] = [];
  for (const table of TABLES) {
    const text = await read(table).catch(() => '');
    for (let at = text.indexOf(end); at >= 0; ) {
      const from = text.lastIndexOf('\n', at) + 1;
      const next = text.indexOf('\n', at);
      const to = next < 0 ? text.length : next;
      const socket = parsed(text.slice(from, to));
      if (socket.localPort === port) found.push(socket);
      at = text.indexOf(end, to);
    }
  }
  return found;
}

function parsed(line: string): TableSocket {
  // sl, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode
  const [, local = '', remote = '', state = '', , , , user, , inode = ''] = line
    .trim()
    .split(/\s+/);
  return { localPort: portIn(local), remotePort: portIn(remote), state, user: Number(user), inode };
}

/** Of an address in the table, such as `0100007F:1F90`. */
function portIn(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}
