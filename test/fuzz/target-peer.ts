import { request } from 'node:http';
import { type NodePeer, startNodePeer } from '../../src/core/node-peer.ts';
import { newFolder } from './boundary.ts';

export interface TargetPeer {
  readonly peer: NodePeer;
  readonly port: number;
  /** Throws when something failed inside, or when an honest caller is not greeted any more. */
  readonly check: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A whole peer on a real port and a real disk, which nobody sits before. */
export async function startTarget(): Promise<TargetPeer> {
  const folder = newFolder();
  const unexpected: unknown[] = [];
  const peer = await startNodePeer({
    name: 'Alice',
    defaultName: 'Alice',
    host: '127.0.0.1',
    port: 0,
    dataDir: folder.path,
    onUnexpected: (error) => unexpected.push(error),
  });
  const { listening } = (await peer.app.snapshot({})).self;
  if (listening === null) throw new Error('The peer does not listen.');
  const { port } = listening;
  return {
    peer,
    port,
    check: async () => {
      if (unexpected.length > 0)
        throw new Error('Something failed inside.', { cause: unexpected[0] });
      const answer = await greet(port);
      if (!answer.includes("Hello! I'm Alice.")) throw new Error(`No greeting: ${answer}`);
    },
    stop: async () => {
      await peer.stop();
      folder.remove();
    },
  };
}

function greet(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, method: 'POST', path: '/rpc/batch', agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end('["push",["pipeline",0,["greet"],[]]]\n["pull",1]');
  });
}
