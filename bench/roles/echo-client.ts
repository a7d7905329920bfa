import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { WebSocket } from 'ws';
import { openCommitLog } from '../lib/commit-log.ts';
import { applyLoad, type LoadOptions } from '../lib/load.ts';
import { playRole } from '../lib/role.ts';
import { SAMPLE_TEXT } from '../lib/text.ts';

export interface EchoClientOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly load: LoadOptions;
}

/** Commits, sends and waits for the echo, one message after the other. */
playRole<EchoClientOptions, null>(async ({ port, dataDir, load }) => {
  mkdirSync(dataDir, { recursive: true });
  const commit = openCommitLog(dataDir);
  // The certificate is the server's own; only the cost of the encryption matters here.
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, { rejectUnauthorized: false });
  await once(socket, 'open');
  const echo = async () => {
    commit(SAMPLE_TEXT);
    const answer = once(socket, 'message');
    socket.send(SAMPLE_TEXT);
    await answer;
  };
  return {
    value: null,
    run: () => applyLoad({ ...load, inFlight: 1 }, echo),
    stop: () => socket.terminate(),
  };
});
