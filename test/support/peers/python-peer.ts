import { createServer, type Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { PYTHON_ANSWER_TYPE, pythonAnswers } from './python-frames.ts';

/**
 * A stand-in for a Python peer: it answers with recorded bytes. HTTP batch always; WebSocket only
 * if asked, else an upgrade is answered with 404 as every other path.
 */
export function createPythonPeer(
  name: string,
  options: { readonly webSocket: boolean },
): { readonly server: Server; readonly requests: readonly string[] } {
  const requests: string[] = [];
  let count = 0;

  const answerCall = (id: number, method: string): string => {
    switch (method) {
      case 'greet':
        return pythonAnswers.greet(id, name);
      case 'chat':
        count += 1;
        return pythonAnswers.chat(id, name, count);
      case 'get_stats':
        return pythonAnswers.getStats(id, name, count);
      default:
        return pythonAnswers.unknownMethod(id, method);
    }
  };

  /** Understands what a peer of ours sends: pushes of calls on the root, and their pulls. */
  const createAnswerer = () => {
    const methods: string[] = [];
    return (body: string): readonly string[] =>
      body.split('\n').flatMap((line) => {
        const [kind, subject] = JSON.parse(line) as [string, unknown];
        if (kind === 'push') {
          const [, , path] = subject as [string, number, readonly string[]];
          methods.push(path[0] ?? '');
        }
        if (kind !== 'pull') return [];
        return [answerCall(subject as number, methods[(subject as number) - 1] ?? '')];
      });
  };

  const server = createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== '/rpc/batch') {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('404: Not Found');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      requests.push(body);
      response.writeHead(200, { 'content-type': PYTHON_ANSWER_TYPE });
      response.end(createAnswerer()(body).join('\n'));
    });
  });
  if (options.webSocket) {
    new WebSocketServer({ server, path: '/rpc/ws' }).on('connection', (socket) => {
      const answer = createAnswerer();
      socket.on('message', (data) => {
        for (const message of answer(String(data))) socket.send(message);
      });
    });
  }
  return { server, requests };
}
