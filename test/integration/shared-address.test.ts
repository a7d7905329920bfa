import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { HEARTBEAT } from '../../src/core/protocol/session.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { realCaller } from '../support/network/real-caller.ts';
import { RealPeer } from '../support/peers/real-peer.ts';
import { openWebSocket, startServer } from './server-fixture.ts';

// Behind a tunnel or an address translation everybody comes from one address, as here.

test('a small call is answered though others behind the same address have the maximum of open calls', async () => {
  const server = await startServer({ limits: { openBytesOfCaller: 100 * 1024 } });
  const url = `ws://127.0.0.1:${server.port}/rpc/ws`;
  const hostile = await Promise.all(Array.from({ length: 3 }, () => openWebSocket(url)));
  const large = 'x'.repeat(400 * 1024);
  // The answer to the second call shows that the first one has begun; it goes on until it is let.
  const hold = `["push",["pipeline",0,["hold"],["${large}"]]]\n["push",["pipeline",0,["greet"],[]]]\n["pull",2]`;
  for (const { socket, framesUpTo } of hostile) {
    socket.send(hold);
    if (socket === hostile[0]?.socket) await framesUpTo(1);
  }
  const honest = await openWebSocket(url);
  for (let id = 1; id <= 20; id += 1) {
    honest.socket.send(`["push",["pipeline",0,["greet"],[]]]\n["pull",${id}]`);
    await honest.framesUpTo(id);
  }
  expect(hostile.filter(({ frames }) => frames.length > 0)).toHaveLength(1);
  server.release();
  await Promise.all(hostile.map(({ framesUpTo }) => framesUpTo(1)));
});

test('a contact has its own flow from the moment it is accepted, on its existing connection', async () => {
  const alice = await RealPeer.start('Alice', { heartbeat: HEARTBEAT });
  const bob = await realCaller(alice.port);
  const link = await bob.link({ name: 'Bob' });
  await link.deliver([{ id: uuidv7(0, systemWorld.randomBytes), body: 'Hi', sentAt: 0 }]);
  const { contact } = await alice.with(bob);
  const hostile = await Promise.all(
    Array.from({ length: 30 }, () => openWebSocket(`ws://127.0.0.1:${alice.port}/rpc/ws`)),
  );
  let answers = 0;
  for (const { socket } of hostile) socket.on('message', () => (answers += 1));
  const greets = (from: number) =>
    Array.from(
      { length: 128 },
      (_, at) =>
        `["push",["pipeline",0,["greet"],[]]]\n["pull",${from + at}]\n["release",${from + at},1]`,
    ).join('\n');
  let sent = 0;
  const pour = (frames: number) => {
    for (const { socket } of hostile) {
      for (let frame = 0; frame < frames; frame += 1) socket.send(greets(1 + sent + 128 * frame));
    }
    sent += frames * 128;
  };
  /** How many of the others' calls are answered while as many of Bob's are as he makes at once. */
  const beside = async (calls: number) => {
    const before = answers;
    await Promise.all(Array.from({ length: calls }, () => bob.root.greet()));
    return answers - before;
  };
  pour(2);
  await hostile[0]?.framesUpTo(1);
  const asStranger = await beside(40);
  await Promise.all(hostile.map(({ framesUpTo }) => framesUpTo(sent)));
  await alice.peer.app.setPolicy({ contactId: contact.id, policy: 'accepted' });
  pour(2);
  await hostile[0]?.framesUpTo(sent - 255);
  const asContact = await beside(40);
  expect(asContact).toBeLessThan(asStranger / 2);
  await Promise.all(hostile.map(({ framesUpTo }) => framesUpTo(sent)));
});
