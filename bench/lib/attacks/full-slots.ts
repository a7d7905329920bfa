import { connect } from 'node:net';
import { type Attack, inLanes, overAt, type Piece } from './attack.ts';

/** From so many addresses; each may have 64 connections, and 2,048 are all there may be. */
const ADDRESSES = 33;
const CONNECTIONS = 64;
/** The first byte of a TLS record: the other side waits for the rest of it. */
const HANDSHAKE = Buffer.from([0x16]);

const holdOne =
  (localAddress: string): Piece =>
  ({ port }, signal) =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress });
      const end = () => {
        socket.destroy();
        resolve();
      };
      void overAt(signal).then(end);
      socket.on('error', end);
      socket.once('close', end);
      socket.resume().write(HANDSHAKE);
    });

/** Takes every place there is, and each one anew as soon as it is free. */
export const fullSlots: Attack = async (target, signal) => {
  const addresses = Array.from({ length: ADDRESSES }, (_, index) => `127.0.1.${index + 1}`);
  await Promise.all(
    addresses.map((address) => inLanes(CONNECTIONS, holdOne(address))(target, signal)),
  );
  return {};
};
