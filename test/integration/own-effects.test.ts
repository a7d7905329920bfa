import { newHttpBatchRpcSession, newWebSocketRpcSession } from 'capnweb';
import { expect, test } from 'vitest';
import type { OpenCapability } from '../../src/core/protocol/main-capability.ts';
import { RealPeer } from '../support/peers/real-peer.ts';
import { ask, cleanup, openWebSocket } from './server-fixture.ts';

const CHAT = '["push",["pipeline",0,["chat"],["Hi"]]]';
const STATS = '["push",["pipeline",0,["get_stats"],[]]]';
const GREETED = '["push",["pipeline",0,["chat"],[["pipeline",0,["greet"],[]]]]]';

const counted = (id: number, count: number) => [
  'resolve',
  id,
  { name: 'Alice', messages_received: count },
];

const parse = (lines: readonly string[]) => lines.map((line) => JSON.parse(line));

test('calls of one batch see the effects of earlier calls, and of no later ones', async () => {
  const alice = await RealPeer.start('Alice');
  const body = [STATS, CHAT, STATS, CHAT, GREETED, STATS, '["pull",1]', '["pull",3]', '["pull",6]'];
  const answer = await ask(alice.port, { body: body.join('\n') });
  expect(new Set(parse(answer.body.split('\n')))).toEqual(
    new Set([counted(1, 0), counted(3, 1), counted(6, 3)]),
  );
});

test('calls of one WebSocket session do too, in one frame or in several', async () => {
  const alice = await RealPeer.start('Alice');
  const { socket, framesUpTo } = await openWebSocket(`ws://127.0.0.1:${alice.port}/rpc/ws`);
  socket.send(`${CHAT}\n${STATS}\n["pull",2]`);
  socket.send(CHAT);
  // The name of the answer to a call before it: it needs no result of the chat.
  socket.send(`${GREETED}\n${STATS}`);
  socket.send('["push",["pipeline",5,["messages_received"]]]');
  socket.send('["pull",5]\n["pull",6]');
  const answers = new Set(parse(await framesUpTo(3)));
  expect(answers).toEqual(new Set([counted(2, 1), counted(5, 3), ['resolve', 6, 3]]));
});

test('each chat of a batch is acknowledged with its own number', async () => {
  const alice = await RealPeer.start('Alice');
  const pulls = [1, 2, 3].map((id) => `["pull",${id}]`);
  const answer = await ask(alice.port, { body: [CHAT, CHAT, CHAT, ...pulls].join('\n') });
  const thanks = parse(answer.body.split('\n')).map(([, id, text]) => [id, text]);
  expect(thanks.sort()).toEqual(
    [1, 2, 3].map((id) => [id, `Alice says: Thanks for the message #${id}!`]),
  );
});

test('a stock client need not await its chat before it asks for stats', async () => {
  const alice = await RealPeer.start('Alice');
  const remote = newWebSocketRpcSession<OpenCapability>(`ws://127.0.0.1:${alice.port}/rpc/ws`);
  cleanup(() => remote[Symbol.dispose]());
  for (let round = 1; round <= 20; round += 1) {
    const [, stats] = await Promise.all([remote.chat('Hi'), remote.get_stats()]);
    expect(stats.messages_received).toBe(round);
  }
  const batch = newHttpBatchRpcSession<OpenCapability>(`http://127.0.0.1:${alice.port}/rpc/batch`);
  const [, stats] = await Promise.all([batch.chat('Hi'), batch.get_stats()]);
  expect(stats.messages_received).toBe(21);
});

test('a refused chat does not delay the count of later ones', async () => {
  const alice = await RealPeer.start('Alice');
  const refused = '["push",["pipeline",0,["chat"],[12]]]';
  const body = `${refused}\n${STATS}\n["pull",1]\n["pull",2]`;
  const lines = parse((await ask(alice.port, { body })).body.split('\n'));
  expect(lines).toContainEqual(counted(2, 0));
  expect(lines).toContainEqual(['reject', 1, ['error', 'Error', expect.stringContaining('chat')]]);
});
