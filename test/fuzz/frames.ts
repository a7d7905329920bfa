import { request } from 'node:http';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { type Boundary, boundaryOf, expectNamed } from './boundary.ts';
import { mutated } from './generators/bytes.ts';
import { frames, idsTaken, type SentMessage, textOf } from './generators/messages.ts';
import { startTarget } from './target-peer.ts';

/** What ends a WebSocket for a reason that was told. */
const NAMED_ENDS = new Set([1000, 1002, 1007, 1008, 1009, 3000]);

/** Frames on a WebSocket: each call is answered under its own id, or the session ends by name. */
export const websocketFrames: Boundary = {
  name: 'frames on a WebSocket',
  runs: 100,
  open: async () => {
    const target = await startTarget();
    const attempt = async (sent: readonly (readonly SentMessage[])[]) => {
      const { end, lines } = await say(target.port, sent);
      for (const line of lines) expectReadable(line);
      if (end !== null && !sent.flat().some(({ mayEnd }) => mayEnd)) {
        throw new Error(`The session ended: ${end}`);
      }
      await target.check();
    };
    return boundaryOf(frames, attempt, target.stop);
  },
};

/** Bodies of HTTP batches, some of them damaged. */
export const batchBodies: Boundary = {
  name: 'bodies of HTTP batches',
  runs: 100,
  open: async () => {
    const target = await startTarget();
    const whole = frames.map((sent) => Buffer.from(sent.map(textOf).join('\n')));
    const attempt = async (body: Buffer) => {
      const { status, reason, text } = await post(target.port, body);
      if (status === 500) throw new Error('500');
      expectNamed(reason);
      for (const line of text.split('\n')) if (line !== '') expectReadable(line);
      await target.check();
    };
    return boundaryOf(fc.oneof(whole, mutated(whole)), attempt, target.stop);
  },
};

/** Sends all frames and then a greeting; resolves when that is answered or the session has ended. */
function say(port: number, sent: readonly (readonly SentMessage[])[]) {
  const lines: string[] = [];
  const greeting = 1 + sent.flat().reduce((sum, message) => sum + idsTaken(message), 0);
  return new Promise<{ lines: string[]; end: string | null }>((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc/ws`);
    socket.on('open', () => {
      for (const frame of sent) socket.send(textOf(frame));
      socket.send(`["push",["pipeline",0,["greet"],[]]]\n["pull",${greeting}]`);
    });
    socket.on('message', (data) => {
      const line = data.toString();
      lines.push(line);
      const [kind, id, value] = JSON.parse(line);
      if (id !== greeting || (kind !== 'resolve' && kind !== 'reject')) return;
      // It may have been asked for before it was there.
      if (kind === 'reject' && String(value?.[2]).endsWith(`the id ${greeting}.`)) return;
      socket.close();
      const released = kind === 'reject' && String(value?.[2]).includes('with the id 0.');
      if (value === "Hello! I'm Alice." || released) resolve({ lines, end: null });
      else reject(new Error(`Ids are out of step: ${line}`));
    });
    socket.on('close', (code, reason) => {
      const end = `${code} ${reason.toString()}`;
      if (NAMED_ENDS.has(code)) resolve({ lines, end });
      else reject(new Error(`It ended without a name: ${end}`));
    });
    socket.on('error', reject);
  });
}

function post(port: number, body: Buffer) {
  return new Promise<{ status: number; reason: string; text: string }>((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, method: 'POST', path: '/rpc/batch', agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status = 0, statusMessage: reason = '' } = response;
          resolve({ status, reason, text: Buffer.concat(chunks).toString() });
        });
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Every line is a message, and what it refuses has a name. */
function expectReadable(line: string): void {
  const message: unknown = JSON.parse(line);
  if (!Array.isArray(message)) throw new Error(`This is no message: ${line}`);
  const error: unknown =
    message[0] === 'abort' ? message[1] : message[0] === 'reject' ? message[2] : null;
  if (Array.isArray(error) && error[0] === 'error') expectNamed(error[2]);
}
