import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Attack, inLanes, type Piece } from './attack.ts';
import { costlyChain } from './costly-chain.ts';

/** Shows a chain that is costly to verify, again and again, with so many handshakes open. */
export function chainsOf(open: number): Attack {
  const { key, cert } = costlyChain();
  const show: Piece = ({ port, localAddress }, signal) =>
    new Promise((resolve) => {
      const socket = connectTcp({ host: '127.0.0.1', port, localAddress });
      const secure = connectTls({ socket, key, cert, rejectUnauthorized: false });
      const end = () => {
        signal.removeEventListener('abort', end);
        secure.destroy();
        socket.destroy();
        resolve();
      };
      signal.addEventListener('abort', end);
      socket.on('error', end);
      secure.on('error', end);
      secure.once('close', end);
      // As the other side sees it, the handshake is over when ours has arrived there.
      secure.once('secureConnect', () => secure.write('GET / HTTP/1.1\r\nHost:1\r\n\r\n'));
      secure.once('data', end);
    });
  return inLanes(open, show);
}
