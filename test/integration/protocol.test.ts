import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { createDial } from '../../src/core/net/dial/dial.ts';
import { startNodePeer } from '../../src/core/node-peer.ts';
import type { Peer } from '../../src/core/peer.ts';
import type { Channel } from '../../src/core/protocol/channel.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { freePort } from '../support/basics/free-port.ts';
import { documentedExchanges, type Exchange } from '../support/network/protocol-doc.ts';

let alice: Peer;
let port: number;
const unexpected: unknown[] = [];

// One peer for all, in the order of the document: its answers count the messages.
beforeAll(async () => {
  port = await freePort();
  alice = await startNodePeer({
    name: 'Alice',
    port,
    dataDir: null,
    defaultName: 'Alice',
    onUnexpected: (error) => unexpected.push(error),
  });
});

afterAll(async () => {
  await alice.stop();
  expect(unexpected).toEqual([]);
});

/** What a process calls itself is another at each start. */
const INSTANCE = /"instance":"[0-9a-f]{32}"/;

const exchanges = documentedExchanges();

test('the document shows all three transports', () => {
  expect(new Set(exchanges.map(({ kind }) => kind))).toEqual(
    new Set(['batch', 'websocket', 'link']),
  );
});

test.each(exchanges.map((exchange) => [label(exchange), exchange] as const))(
  'the documented exchange is what a peer answers: %s',
  async (_, exchange) => {
    const sent = frames(exchange, '>');
    const answers = await replay(exchange.kind, sent, frames(exchange, '<').length);
    const shown = frames(exchange, '<').map((frame) =>
      frame.replace('"port":8080', `"port":${port}`).replace(INSTANCE, '"instance":"any"'),
    );
    expect(
      answers.map((answer) => JSON.parse(answer.replace(INSTANCE, '"instance":"any"'))),
    ).toEqual(shown.map((answer) => JSON.parse(answer)));
  },
);

async function replay(kind: string, sent: readonly string[], count: number) {
  if (kind === 'batch') return replayBatch(sent);
  if (kind === 'websocket') return replayWebSocket(sent, count);
  return replayLink(sent, count);
}

async function replayBatch(sent: readonly string[]): Promise<readonly string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/rpc/batch`, {
    method: 'POST',
    body: sent.join('\n'),
  });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  return (await response.text()).split('\n');
}

async function replayWebSocket(sent: readonly string[], count: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc/ws`);
  const answers: string[] = [];
  const all = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      answers.push(String(data));
      if (answers.length === count) resolve();
    });
  });
  socket.on('open', () => {
    // As binary, which some peers send.
    for (const frame of sent) socket.send(Buffer.from(frame));
  });
  await all;
  socket.close();
  return answers;
}

async function replayLink(sent: readonly string[], count: number) {
  const channel = await dialAsBob();
  const answers: string[] = [];
  for (const frame of sent) channel.transport.send(JSON.parse(frame));
  while (answers.length < count) answers.push(JSON.stringify(await channel.transport.receive()));
  channel.close(1000, '');
  return answers;
}

async function dialAsBob(): Promise<Channel> {
  const { privateKeyPem: key, certificatePem: cert } = await makeIdentity(systemWorld);
  const dial = createDial({ world: systemWorld, limits: DEFAULT_LIMITS, tls: { key, cert } });
  const dialled = await dial(
    { scheme: 'secure', host: '127.0.0.1', port },
    {
      expectIdentity: null,
      contactName: 'Alice',
      onStep: () => {},
      signal: AbortSignal.timeout(10_000),
    },
  );
  if (dialled.type !== 'channel') throw new Error('no channel');
  return dialled.channel;
}

function frames({ steps }: Exchange, direction: '>' | '<'): readonly string[] {
  return steps.filter((step) => step.direction === direction).map(({ frame }) => frame);
}

function label(exchange: Exchange): string {
  return `${exchange.kind} ${frames(exchange, '>')[0]?.slice(0, 60)}`;
}
