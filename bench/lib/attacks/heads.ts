import { connect } from 'node:net';
import { type Attack, inLanes, type Piece } from './attack.ts';

const HEAD = 'GET / HTTP/1.1\r\nHost:1\r\n\r\n';
/** As much as a server reads at once: some 2,500 requests. */
const HEADS = Buffer.from(HEAD.repeat(Math.floor((64 * 1024) / HEAD.length)));

/** Requests in a row that wait for no answer, then a new connection. */
const pour: Piece = ({ port, localAddress }, signal) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress });
    const end = () => {
      signal.removeEventListener('abort', end);
      socket.destroy();
      resolve();
    };
    signal.addEventListener('abort', end);
    socket.on('error', end);
    socket.once('close', end);
    socket.once('end', end);
    // What comes back is read: whoever reads nothing is held back sooner.
    socket.resume();
    socket.write(HEADS);
  });

export const headsOf = (sockets: number): Attack => inLanes(sockets, pour);
