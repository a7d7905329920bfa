import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import {
  createHeldBack,
  isRelease,
} from '../../../../../src/core/net/websocket/release-coalescer.ts';
import { sendTogether } from '../../../../../src/core/net/websocket/write-coalescing.ts';
import { FakeWorld } from '../../../../support/fake-world.ts';

test('only what lets go of an answer may wait', () => {
  expect(isRelease(['release', 1, 1])).toBe(true);
  for (const message of [
    ['push', []],
    ['pull', 1],
    ['resolve', 1, 'release'],
    'release',
    null,
    [],
  ]) {
    expect(isRelease(message)).toBe(false);
  }
});

test('what was held back leaves in order with the next message', async () => {
  const world = new FakeWorld();
  const sent: string[] = [];
  const held = createHeldBack(world, (texts) => sent.push(...texts));
  held.hold('a');
  held.hold('b');
  sent.push(...held.take(), 'c');
  await world.advance(1_000);
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('what was held back leaves soon when nothing else does', async () => {
  const world = new FakeWorld();
  const sent: string[] = [];
  const held = createHeldBack(world, (texts) => sent.push(...texts));
  held.hold('a');
  await world.advance(20);
  expect(sent).toEqual(['a']);
  held.hold('b');
  await world.advance(20);
  expect(sent).toEqual(['a', 'b']);
});

test('frames that are written at once leave in one piece, and none stays behind', async () => {
  const pieces: string[] = [];
  const stream = new Writable({
    writev: (chunks, done) => {
      pieces.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  const gather = sendTogether(stream);
  for (const text of ['one', 'two', 'three']) {
    gather();
    stream.write(text);
  }
  expect(pieces).toEqual([]);
  await new Promise(process.nextTick);
  expect(pieces).toEqual(['onetwothree']);
  gather();
  stream.write('four');
  await new Promise(process.nextTick);
  expect(pieces).toEqual(['onetwothree', 'four']);
});
