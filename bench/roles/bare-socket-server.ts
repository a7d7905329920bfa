import { createServer } from 'node:http';
import { newWebSocketRpcSession } from 'capnweb';
import { WebSocketServer } from 'ws';
import { listening } from '../lib/listening.ts';
import { playRole } from '../lib/role.ts';
import { BareRoot } from './bare-root.ts';

playRole(async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    newWebSocketRpcSession(socket as unknown as WebSocket, new BareRoot());
  });
  return listening(server);
});
