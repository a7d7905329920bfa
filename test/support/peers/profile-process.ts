import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { startTcp } from '../network/tcp-server.ts';
import { type ParleyProcess, parley, type Ran, runParley } from './parley-process.ts';

/** A running app on a profile. */
export interface ProfileProcess {
  readonly process: ParleyProcess;
  readonly port: number;
  readonly address: string;
  readonly identity: string;
}

/** Starts `parley serve` on the profile in `dataDir` and waits until it takes calls. */
export async function serveProfile(
  name: string,
  dataDir: string,
  port = 0,
  args: readonly string[] = [],
): Promise<ProfileProcess> {
  const process = parley([
    ...['serve', '--name', name, '--port', `${port}`, '--data', dataDir, '--json'],
    ...args,
  ]);
  const ready = JSON.parse(await process.line(/"event":"ready"/)) as {
    port: number;
    identity: string;
  };
  const { identity } = ready;
  return { process, port: ready.port, address: `127.0.0.1:${ready.port}`, identity };
}

/** Runs a command on the profile in `dataDir` to its end. */
export function onProfile(dataDir: string, ...args: readonly string[]): Promise<Ran> {
  return runParley([...args, '--data', dataDir]);
}

/** The bodies of a conversation, each with who wrote it. */
export async function transcript(dataDir: string, contact: string): Promise<readonly string[]> {
  const { stdout } = await onProfile(dataDir, 'history', contact, '--json', '--limit', '10000');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { author: string; body: string; state: string })
    .map(({ author, body, state }) => `${author}: ${body} [${state}]`);
}

/** A peer of the open contract that answers single requests, and `chat` in its own way. */
export async function startOddPeer(chat: 'refuses' | 'hangs up'): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/rpc/batch') response.writeHead(404).end();
      else if (!Buffer.concat(chunks).includes('"chat"')) response.end('["resolve",1,"Odd"]');
      else if (chat === 'hangs up') request.socket.destroy();
      else response.end('["reject",1,["error","Error","I am asleep"]]');
    });
  });
  const { port, stop } = await startTcp(server);
  onTestFinished(stop);
  return `http://127.0.0.1:${port}`;
}
