import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A listening server whose connections a test can count, read and wait for. */
export interface TcpServer {
  readonly port: number;
  /** Connections ever accepted. */
  readonly accepted: () => number;
  /** Resolves when every connection accepted so far is closed. */
  readonly allClosed: () => Promise<void>;
  /** Resolves when the next connection is there. */
  readonly nextConnection: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts any kind of Node server (TCP, HTTP, HTTPS) on a free loopback port. */
export async function startTcp(server: Server, host = '127.0.0.1'): Promise<TcpServer> {
  const open = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    allClosed: async () => {
      // Not events.once: that rejects on an error, which here only means that the other side left.
      const closing = Array.from(open, (socket) => new Promise((end) => socket.once('close', end)));
      await Promise.all(closing);
    },
    nextConnection: async () => {
      await once(server, 'connection');
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

export interface RecordingServer extends TcpServer {
  /** Every byte received, over all connections. */
  readonly received: () => Buffer;
}

/** A TCP server that records what it is sent and lets `answer` decide what to do about it. */
export async function startRecording(
  answer: (socket: Socket, chunk: Buffer) => void,
): Promise<RecordingServer> {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      answer(socket, chunk);
    });
  });
  return { ...(await startTcp(server)), received: () => Buffer.concat(chunks) };
}

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = await startTcp(createServer());
  await server.stop();
  return server.port;
}
